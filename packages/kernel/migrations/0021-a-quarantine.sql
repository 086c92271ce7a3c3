-- What came in lately, so that a rush is noticed; and what waits in quarantine.
create index cases_recent on kernel.cases (entered_at);
create index cases_quarantined on kernel.cases (holder_unit_id, received_at) where 'quarantined' = any (flags);
