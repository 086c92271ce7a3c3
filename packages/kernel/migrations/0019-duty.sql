-- Who is on duty at a unit, and the paging of petitions in which somebody is in danger [SPEC §3 Unit.dutyRoster, §5 K23].
create table kernel.duty_shifts (
  id uuid primary key,
  unit_id uuid not null references kernel.units,
  person_id uuid not null references kernel.people,
  from_at timestamptz not null,
  until_at timestamptz not null,
  made_by uuid references kernel.people,
  made_at timestamptz not null,
  -- taken off the roster again; the row stays, so that one can see who was to be there
  removed_at timestamptz,
  check (until_at > from_at)
);
create index duty_shifts_unit on kernel.duty_shifts (unit_id, until_at) where removed_at is null;

create table kernel.duty_pages (
  case_id uuid primary key references kernel.cases,
  raised_at timestamptz not null,
  -- pages sent so far
  step int not null default 0,
  -- when the next one is paged; null: somebody has taken it
  next_at timestamptz,
  -- since when nobody at all could be paged
  nobody_since timestamptz,
  taken_at timestamptz,
  taken_by uuid references kernel.people,
  phoned_at timestamptz,
  phoned_by uuid references kernel.people,
  reported_at timestamptz,
  reported_by uuid references kernel.people,
  reached text[] not null default '{}',
  -- what was done, in words; protected like all words of a case
  report text
);
create index duty_pages_due on kernel.duty_pages (next_at) where next_at is not null;
create index duty_pages_open on kernel.duty_pages (raised_at) where reported_at is null;
create index duty_pages_nobody on kernel.duty_pages (nobody_since) where nobody_since is not null;

grant select, insert, update on kernel.duty_shifts, kernel.duty_pages to doorstep_app;
