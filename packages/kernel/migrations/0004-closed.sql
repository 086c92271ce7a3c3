-- The newest are open: who asks for what is over must not walk all of them first.
create index audience_closed on kernel.case_audience (key, received desc, case_id desc)
  include (conf, category, channel, depth, holder) where not open;
