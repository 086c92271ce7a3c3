-- A list of one unit, of a category or of a channel costs what it shows, however rare that is among what somebody sees:
-- each value in its own order, the values merged. Few columns are included, as many rows are written and few read.
create index audience_holder_open on kernel.case_audience (key, holder, due, case_id) include (conf, depth, status) where open;
create index audience_holder on kernel.case_audience (key, holder, received desc, case_id desc);
create index audience_kind_open on kernel.case_audience (key, channel, category, due, case_id) where open;
create index audience_kind on kernel.case_audience (key, channel, category, received desc, case_id desc);
