-- What a rule has found in figures that were released: of a unit and a matter, never of a petition or a person.
create table warnings (
  id uuid primary key,
  -- where it is asked about, and all above it
  unit_id uuid not null,
  path uuid[] not null,
  -- the unit it is about
  about_id uuid not null,
  rule text not null,
  -- a category or a channel; empty: all of it
  subject text not null,
  -- the first month in which it was found, and the last
  since text not null,
  month text not null,
  actual int not null,
  expected real not null,
  found_at timestamptz not null,
  due_on date not null,
  task_id uuid,
  state text not null check (state in ('open', 'answered', 'falseAlarm')),
  words text,
  closed_by uuid,
  closed_at timestamptz,
  check ((state = 'open') = (closed_at is null))
);
-- One open question of a kind at a time.
create unique index warnings_open on warnings (unit_id, about_id, rule, subject) where state = 'open';
create index warnings_path on warnings using gin (path);
