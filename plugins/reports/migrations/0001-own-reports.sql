-- Reports that a unit has put together: what is in them, never a figure.
create table own (
  id uuid primary key,
  unit_id uuid not null,
  title text not null,
  definition jsonb not null,
  schedule text not null check (schedule in ('none', 'weekly', 'monthly')),
  -- the role whose holders are told; empty without a schedule
  receiver text not null,
  by_person uuid not null,
  changed_at timestamptz not null
);
create index own_unit on own (unit_id);

-- What was made of one by its schedule: released figures as they stood that day.
create table editions (
  id uuid primary key,
  own_id uuid not null references own (id) on delete cascade,
  unit_id uuid not null,
  title text not null,
  -- the month, or the Monday of the week, it was made for
  period text not null,
  chart text not null,
  content jsonb not null,
  made_at timestamptz not null,
  task_id uuid,
  unique (own_id, period)
);
create index editions_unit on editions (unit_id, made_at);
