-- What units make of the rules: shorter lengths, and days of their own in the calendar. Every save is a row of its own;
-- the newest one that has begun counts, earlier ones stay, as clocks name them.
create table kernel.tightenings (
  unit_id uuid not null references kernel.units,
  version int not null check (version > 0),
  valid_from date not null,
  -- all lengths of the unit by clock or part
  numbers jsonb not null,
  reason text not null,
  saved_by uuid not null references kernel.people,
  at timestamptz not null,
  primary key (unit_id, version)
);

create table kernel.calendar_edits (
  -- stands in the name of a calendar version that holds these days
  revision int primary key,
  unit_id uuid not null references kernel.units,
  version int not null check (version > 0),
  -- all own days of the unit
  days jsonb not null,
  reason text not null,
  saved_by uuid not null references kernel.people,
  at timestamptz not null,
  unique (unit_id, version)
);

-- Who moved running cases to a newer version, a portion each, and why.
create table kernel.pack_moves (
  id uuid primary key,
  unit_id uuid not null references kernel.units,
  pack text not null,
  version text not null,
  reason text not null,
  may_end_past boolean not null,
  moved int not null,
  refused int not null,
  moved_by uuid not null references kernel.people,
  at timestamptz not null
);
create index pack_moves_unit on kernel.pack_moves (unit_id, at desc);

grant select, insert on kernel.tightenings, kernel.calendar_edits, kernel.pack_moves to doorstep_app;

-- Rules are kept in memory; as these tables only grow, the number of their rows tells whether what is kept is the newest.
create function kernel.rules_stamp() returns bigint language sql stable as $$
  select (select count(*) from kernel.policy_packs) + (select count(*) from kernel.calendars)
    + (select count(*) from kernel.tightenings) + (select count(*) from kernel.calendar_edits)
$$;

-- Dates that may move once a year is announced.
create index clocks_provisional on kernel.clocks (calendar, case_id) where provisional and state in ('running', 'paused');
