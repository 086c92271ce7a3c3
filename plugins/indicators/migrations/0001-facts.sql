-- What happened to petitions, as the feed of the ledger told it: codes, ids of units and petitions, days.
create table entries (
  case_id uuid not null,
  seq int not null,
  at timestamptz not null,
  type text not null,
  facts jsonb not null,
  primary key (case_id, seq)
);

-- What follows of it: one thing that is counted, in one month.
create table counted (
  case_id uuid not null,
  no int not null,
  -- what it is, such as a period that was due
  thing text not null,
  unit_id uuid not null,
  -- the unit and all above it
  path uuid[] not null,
  day date not null,
  category text not null,
  channel text not null,
  -- what holds of it
  marks text[] not null,
  primary key (case_id, no)
);
create index counted_day on counted (thing, day);
create index counted_path on counted using gin (path);

-- How far the feed was read, and by which formulas all of it was counted.
create table progress (
  id int primary key check (id = 1),
  formulas int not null,
  next text,
  -- everything before this instant is counted; null: never read to the end
  whole_until timestamptz
);
