-- Somebody opens a case he does not see, for some hours: asked with a reason, in a serious case confirmed by a second person.
-- The number is as he typed it: whether it stands for a case is nobody's to know who may not open it.
create table kernel.accesses (
  id uuid primary key,
  person_id uuid not null references kernel.people,
  case_no text not null,
  case_id uuid references kernel.cases,
  level smallint check (level between 1 and 3),
  reason text not null,
  hours smallint not null check (hours between 1 and 72),
  asked_at timestamptz not null,
  state text not null check (state in ('asked', 'granted', 'declined', 'ended')),
  decided_by uuid references kernel.people,
  decided_at timestamptz,
  until timestamptz,
  -- an investigation would be harmed: the petitioner is told when it is over
  tell_after boolean not null default false
);
create index accesses_person on kernel.accesses (person_id, asked_at desc);
create index accesses_live on kernel.accesses (person_id, until) where state = 'granted';
create index accesses_asked on kernel.accesses (asked_at) where state = 'asked';
create index accesses_case on kernel.accesses (case_id) where case_id is not null;
grant select, insert, update on kernel.accesses to doorstep_app;

create table kernel.access_settings (
  only_row boolean primary key default true check (only_row),
  hours smallint not null check (hours between 1 and 72)
);
insert into kernel.access_settings (hours) values (8);
grant select, update on kernel.access_settings to doorstep_app;

-- Rows of people and units have no end.
alter table kernel.case_audience add column until timestamptz;
