-- Logs of other systems, each of one unit, for comparison.
create table logs (
  id uuid primary key,
  unit_id uuid not null,
  name text not null,
  -- null: still being sent
  kept_at timestamptz,
  cases int not null,
  events int not null,
  begun_at timestamptz not null
);
create index logs_unit on logs (unit_id);

-- A log while it is being sent.
create table pieces (
  log_id uuid not null references logs (id) on delete cascade,
  no int not null,
  text text not null,
  primary key (log_id, no)
);

-- A case of such a log: its steps and days, and nothing else of it.
create table traces (
  log_id uuid not null references logs (id) on delete cascade,
  no int not null,
  steps jsonb not null,
  due_at timestamptz,
  ended_at timestamptz,
  primary key (log_id, no)
);
