-- A unit that the holder has asked to assist: its own question, its own clock, its own report [SPEC 6.3].
create table kernel.assists (
  id uuid primary key,
  case_id uuid not null references kernel.cases,
  unit_id uuid not null references kernel.units,
  lead_unit_id uuid not null references kernel.units,
  clock_id uuid not null,
  question text not null,
  due_on date not null,
  asked_at timestamptz not null,
  asked_by uuid not null references kernel.people,
  report text,
  answered_at timestamptz,
  answered_by uuid references kernel.people,
  ended_at timestamptz,
  ended_by uuid references kernel.people,
  reason text
);
create index assists_case on kernel.assists (case_id);
create unique index assists_open on kernel.assists (unit_id, case_id) where answered_at is null and ended_at is null;
grant select, insert on kernel.assists to doorstep_app;
grant update (unit_id, question, report, answered_at, answered_by, ended_at, ended_by, reason) on kernel.assists to doorstep_app;
grant select on kernel.assists to doorstep_reader;
