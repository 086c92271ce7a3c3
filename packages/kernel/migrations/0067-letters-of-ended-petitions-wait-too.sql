-- A module's letter waits for its signer in a petition that has ended as in any other: found without walking all that has ended.
create index audience_to_approve_ended on kernel.case_audience (key, due, case_id)
  include (conf, category, channel, depth, holder) where not open and to_approve;
