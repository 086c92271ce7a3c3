-- A report of retaliation is a case of its own, the discipline organ's alone; here stands which matter it belongs to and
-- what has become of it. Nothing of it is read by anybody who sees that matter.
create table kernel.retaliations (
  case_id uuid primary key references kernel.cases,
  origin_case_id uuid not null references kernel.cases,
  reporter text not null check (reporter in ('petitioner', 'staff')),
  unit_id uuid not null references kernel.units,
  acts text[] not null,
  reported_at timestamptz not null,
  acknowledged_at timestamptz,
  decided_at timestamptz,
  concluded_at timestamptz,
  outcome text check (outcome in ('found', 'partly', 'notFound')),
  -- check-ins answered, of three
  check_ins smallint not null default 0
);
create index retaliations_origin on kernel.retaliations (origin_case_id);
grant select, insert, update on kernel.retaliations to doorstep_app;

-- What the unit complained of is asked to explain: neutral words alone, without number, name or text of the report.
create table kernel.explanations (
  id uuid primary key,
  case_id uuid not null references kernel.cases,
  unit_id uuid not null references kernel.units,
  question text not null,
  due_on date not null,
  asked_at timestamptz not null,
  asked_by uuid,
  answer text,
  answered_at timestamptz,
  answered_by uuid
);
create index explanations_case on kernel.explanations (case_id);
create index explanations_open on kernel.explanations (unit_id) where answered_at is null;
grant select, insert, update on kernel.explanations to doorstep_app;
