-- Lists and numbers whose cost follows what they show, not what is open besides.

-- What waits for an act on the reply: written with the row, so that nobody reads the letters of every open case.
alter table kernel.case_audience add column to_approve boolean not null default false;
alter table kernel.case_audience add column to_deliver boolean not null default false;
update kernel.case_audience a set
    to_approve = exists (select from kernel.notices n where n.case_id = a.case_id and n.state = 'submitted'),
    to_deliver = exists (select from kernel.notices n where n.case_id = a.case_id and n.state = 'sealed' and n.code in ('D14', 'D16'))
 where a.status = 'inHandling'
   and exists (select from kernel.notices n where n.case_id = a.case_id and n.state in ('submitted', 'sealed'));

create index audience_to_approve on kernel.case_audience (key, due, case_id)
  include (conf, category, channel, depth, holder) where open and to_approve;
create index audience_to_deliver on kernel.case_audience (key, due, case_id)
  include (conf, category, channel, depth, holder) where open and to_deliver;
create index audience_status on kernel.case_audience (key, status, due, case_id)
  include (conf, category, channel, depth, holder) where open;

-- What a person handles: the states are those in which a case is over (isOpen).
create index cases_handler on kernel.cases (handler_id) where handler_id is not null
  and status not in ('final', 'archived', 'diverted', 'guided', 'merged', 'notReaccepted', 'withdrawn');
