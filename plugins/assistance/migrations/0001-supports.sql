-- Hardship found at a petition and what was given for it. Nobody is named here but by the id of whoever wrote it down.
create table supports (
  id uuid primary key,
  case_id uuid not null,
  -- the unit that gave it and all above: whose register it stands in
  path uuid[] not null,
  -- the unit that holds the petition now and all above: who follows it up
  follow_path uuid[] not null,
  kind text not null check (kind in ('money', 'goods', 'medical', 'legal', 'visit', 'other')),
  found text not null,
  given text not null,
  office text not null,
  given_on date not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  state text not null check (state in ('open', 'settled', 'withdrawn')),
  -- when somebody asks next whether it holds, and how often that was asked for
  follow_on date not null,
  round int not null default 1,
  task_id uuid,
  -- why it should not stand here
  withdrawn_why text
);
create index supports_case on supports (case_id);
create index supports_path on supports using gin (path);
create index supports_follow on supports using gin (follow_path);
create index supports_task on supports (task_id);

-- What somebody found who asked whether the help holds.
create table answers (
  id uuid primary key,
  support_id uuid not null references supports on delete cascade,
  holds boolean not null,
  words text not null,
  again_on date,
  answered_by uuid not null,
  answered_at timestamptz not null
);
create index answers_support on answers (support_id, answered_at);
