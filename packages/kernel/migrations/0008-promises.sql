-- What a reply promised: who does what by when, how it was done, and who confirmed that [R22:32; PLA20].
create table kernel.commitments (
  id uuid primary key,
  case_id uuid not null references kernel.cases,
  demand_id uuid references kernel.demands,
  unit_id uuid not null references kernel.units,
  clock_id uuid,
  text text not null,
  -- a post or an office of the unit
  owner text not null,
  due_on date not null,
  state text not null check (state in ('open', 'reported', 'done', 'released')),
  made_at timestamptz not null,
  made_by uuid,
  evidence text,
  reported_at timestamptz,
  reported_by uuid,
  -- the petitioner's words why it is not done yet
  missing text,
  asked_due_on date,
  asked_because text,
  date_changed_at timestamptz,
  confirmed_by text check (confirmed_by in ('petitioner', 'officer')),
  reason text,
  done_at timestamptz,
  done_by uuid
);
create index commitments_case on kernel.commitments (case_id);
grant select, insert, update on kernel.commitments to doorstep_app;
grant select on kernel.commitments to doorstep_reader;

-- The petitioner's own wish to take the petition back, and what became of it.
create table kernel.withdrawals (
  id uuid primary key,
  case_id uuid not null references kernel.cases,
  text text not null,
  asked_at timestamptz not null,
  state text not null check (state in ('asked', 'takenBack', 'done', 'exOfficio')),
  ended_at timestamptz,
  ended_by uuid,
  -- why the unit goes on although it was asked not to
  ground text,
  reason text
);
create index withdrawals_case on kernel.withdrawals (case_id);
create unique index withdrawals_open on kernel.withdrawals (case_id) where state = 'asked';
grant select, insert, update on kernel.withdrawals to doorstep_app;
grant select on kernel.withdrawals to doorstep_reader;

-- Cool-off periods that are over: only what is due stands in it.
create index clocks_cooled_off on kernel.clocks (due_on, case_id) where state = 'breached' and code = 'K30';
-- Simple matters not accepted in time, until they have gone over to the ordinary track.
create index clocks_simple_lapsed on kernel.clocks (due_on, case_id) where state = 'breached' and code = 'K6';
