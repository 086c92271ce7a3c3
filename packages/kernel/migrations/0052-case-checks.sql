-- A unit outside of the line is asked whether what was promised was kept: it reads the petition until it has said, and no longer
-- than its time. Each has a key of its own in the audience, as an access has.
create table kernel.case_checks (
  id uuid primary key,
  case_id uuid not null references kernel.cases,
  unit_id uuid not null references kernel.units,
  asked_by uuid not null references kernel.people,
  asked_at timestamptz not null,
  until timestamptz not null,
  ended_at timestamptz,
  ended_by uuid references kernel.people
);
create index case_checks_case on kernel.case_checks (case_id);
create unique index case_checks_open on kernel.case_checks (unit_id, case_id) where ended_at is null;
create index case_checks_over on kernel.case_checks (until) where ended_at is null;
grant select, insert on kernel.case_checks to doorstep_app;
grant update (ended_at, ended_by) on kernel.case_checks to doorstep_app;
grant select on kernel.case_checks to doorstep_reader;
