create table calls (
  id uuid primary key,
  unit_id uuid not null,
  day date not null,
  no int not null,
  by_person uuid not null,
  began_at timestamptz not null,
  ended_at timestamptz,
  outcome text check (outcome in ('answered', 'wrong', 'broken', 'petition')),
  case_id uuid,
  call_back_on date,
  task_id uuid,
  attempts int not null default 0,
  called_back_at timestamptz,
  unique (unit_id, day, no),
  check ((outcome is null) = (ended_at is null)),
  check (case_id is null or outcome = 'petition'),
  check (call_back_on is null or case_id is not null)
);
create index calls_case on calls (case_id);
create index calls_back on calls (unit_id, call_back_on) where called_back_at is null;
