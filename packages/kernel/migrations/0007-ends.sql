-- An act of two persons: one proposes it, another confirms or declines. What was typed is protected text.
create table kernel.proposals (
  id uuid primary key,
  case_id uuid not null references kernel.cases,
  act text not null,
  input text not null,
  proposed_by uuid not null references kernel.people,
  proposed_at timestamptz not null,
  state text not null check (state in ('open', 'confirmed', 'declined', 'takenBack')),
  decided_by uuid references kernel.people,
  decided_at timestamptz,
  reason text
);
create unique index proposals_open on kernel.proposals (case_id, act) where state = 'open';
create index proposals_case on kernel.proposals (case_id);
grant select, insert, update on kernel.proposals to doorstep_app;
grant select on kernel.proposals to doorstep_reader;

-- The petitioner contests a refusal one level up.
create table kernel.contests (
  id uuid primary key,
  case_id uuid not null references kernel.cases,
  notice_id uuid not null references kernel.notices,
  requested_at timestamptz not null,
  text text not null,
  body_unit_id uuid not null references kernel.units,
  of_unit_id uuid not null references kernel.units,
  outcome text check (outcome in ('upheld', 'reopened')),
  reasons text,
  decided_by uuid references kernel.people,
  decided_at timestamptz
);
create index contests_case on kernel.contests (case_id);
grant select, insert, update on kernel.contests to doorstep_app;
grant select on kernel.contests to doorstep_reader;

-- Cases that belong together: one joined to another, one taken out of another. Undone by a new fact, never by deletion.
create table kernel.case_links (
  id uuid primary key,
  case_id uuid not null references kernel.cases,
  other_case_id uuid not null references kernel.cases,
  kind text not null check (kind in ('mergedInto', 'splitFrom')),
  at timestamptz not null,
  ended_at timestamptz
);
create index case_links_case on kernel.case_links (case_id);
create index case_links_other on kernel.case_links (other_case_id);
grant select, insert, update on kernel.case_links to doorstep_app;
grant select on kernel.case_links to doorstep_reader;

-- Who proposed and who ended a case decides nothing about it a second time.
alter table kernel.case_actors drop constraint case_actors_part_check;
alter table kernel.case_actors add constraint case_actors_part_check
  check (part in ('handler', 'drafter', 'signer', 'reviewer', 'proposer', 'ender'));
