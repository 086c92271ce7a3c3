-- A petition that is supervised: one open matter of a petition at a time, at the unit that has to answer.
create table matters (
  id uuid primary key,
  case_id uuid not null,
  unit_id uuid not null,
  -- the unit and all above it: who supervises it
  path uuid[] not null,
  state text not null check (state in ('raised', 'asked', 'answered', 'closed', 'dismissed')),
  -- the last step of the ladder that was taken
  rung text check (rung in ('reminder', 'urging', 'second', 'interview', 'circular', 'listed')),
  opened_at timestamptz not null,
  result text not null default '',
  ended_by uuid,
  ended_at timestamptz
);
create unique index matters_open on matters (case_id) where state in ('raised', 'asked', 'answered');
create index matters_case on matters (case_id);
create index matters_path on matters using gin (path);
create index matters_unit on matters (unit_id, state);

-- Why a petition is supervised; by the event a repeat is known.
create table triggers (
  id uuid primary key,
  matter_id uuid not null references matters on delete cascade,
  code text not null,
  at timestamptz not null,
  event_id uuid unique,
  raised_by uuid,
  why text not null default ''
);
create index triggers_matter on triggers (matter_id, at);

-- What was asked of the unit, and what it answered. Given by nobody: it followed by itself.
create table steps (
  id uuid primary key,
  matter_id uuid not null references matters on delete cascade,
  no int not null,
  rung text not null,
  words text not null,
  given_by uuid,
  given_at timestamptz not null,
  due_on date not null,
  answer text,
  answered_by uuid,
  answered_at timestamptz,
  -- why the answer was not enough
  sent_back text,
  unique (matter_id, no)
);

-- How often a petition was refused by units it was passed to: each event once.
create table objections (
  event_id uuid primary key,
  case_id uuid not null
);
create index objections_case on objections (case_id);
