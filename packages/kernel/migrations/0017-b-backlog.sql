-- What is not final long after it should be, computed each local day of the holder [SPEC 11.4]; shown in lists as a view.
alter table kernel.case_audience add column backlog boolean not null default false;
create index audience_backlog on kernel.case_audience (key, due, case_id)
  include (conf, category, channel, depth, holder) where open and backlog;

-- A day's round looks only at what has crossed a line since the last one, and at what is marked.
create index cases_not_backlog on kernel.cases (received_at)
  where status <> all ('{final,archived,diverted,guided,merged,notReaccepted,withdrawn}') and not (flags @> '{backlog}');
create index cases_backlog on kernel.cases (id) where flags @> '{backlog}';
create index clocks_handling_late on kernel.clocks (due_on, case_id) where state = 'breached' and code = 'K4';
create index commitments_late on kernel.commitments (due_on, case_id) where state in ('open', 'reported');
create index repeats_at on kernel.repeats (at);
create index repeats_of on kernel.repeats (of_case_id);

-- The last local day that was counted, by time zone.
create table kernel.backlog_days (time_zone text primary key, day date not null);
grant select, insert, update on kernel.backlog_days to doorstep_app;

-- A hard case that a leader takes upon himself; nobody has more than five open [SPEC 11.3].
create table kernel.charges (
  id uuid primary key,
  case_id uuid not null references kernel.cases,
  leader_id uuid not null references kernel.people,
  slot smallint not null check (slot between 1 and 5),
  taken_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid references kernel.people,
  outcome text check (outcome in ('settled', 'reasoned', 'handedOver'))
);
create unique index charges_slot on kernel.charges (leader_id, slot) where ended_at is null;
create unique index charges_case on kernel.charges (case_id) where ended_at is null;
grant select, insert on kernel.charges to doorstep_app;
grant update (ended_at, ended_by, outcome) on kernel.charges to doorstep_app;
grant select on kernel.charges to doorstep_reader;
