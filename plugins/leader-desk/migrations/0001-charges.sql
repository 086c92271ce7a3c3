-- A petition that a leader has taken upon himself: one that is open at a time. Handed over, it goes on with its plan.
create table charges (
  id uuid primary key,
  case_id uuid not null,
  -- the unit that holds the petition and all above it
  path uuid[] not null,
  -- whoever last wrote here as the one who has it; nobody did yet
  leader_id uuid,
  taken_at timestamptz not null,
  ended_at timestamptz,
  outcome text check (outcome in ('settled', 'reasoned', 'handedOver')),
  planned_at timestamptz,
  -- the day on which the leader met whoever wrote, or why he did not
  met_on date,
  not_met text not null default '',
  facts text not null default '',
  law text not null default '',
  options text not null default '',
  helpers text not null default ''
);
create unique index charges_open on charges (case_id) where ended_at is null;
create index charges_case on charges (case_id, taken_at);
create index charges_path on charges using gin (path);

create table milestones (
  id uuid primary key,
  charge_id uuid not null references charges on delete cascade,
  what text not null,
  due_on date not null,
  done_on date,
  result text not null default ''
);
create index milestones_charge on milestones (charge_id, due_on);

create table visits (
  id uuid primary key,
  charge_id uuid not null references charges on delete cascade,
  visited_on date not null,
  met boolean not null,
  words text not null,
  written_by uuid not null,
  written_at timestamptz not null
);
create index visits_charge on visits (charge_id, visited_on);
