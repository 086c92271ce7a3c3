-- The steps of petitions, as the feed of the ledger told them: codes, units, instants.
create table steps (
  case_id uuid not null,
  seq int not null,
  at timestamptz not null,
  code text not null,
  by text not null,
  unit_id uuid,
  primary key (case_id, seq)
);

-- The petitions they belong to, by the units that had them.
create table petitions (
  case_id uuid primary key,
  -- local date on which it came
  begun date not null,
  units uuid[] not null,
  -- the same with all units above them
  paths uuid[] not null
);
create index petitions_begun on petitions (begun);
create index petitions_paths on petitions using gin (paths);

-- How far the feed was read.
create table progress (
  id int primary key check (id = 1),
  next text
);
