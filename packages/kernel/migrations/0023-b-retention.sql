-- How long things are kept, and the register of what was destroyed by rule.
create table kernel.retention_rules (
  class text not null check (class in ('caseFile', 'identity', 'openings')),
  -- null: for the platform; else for this unit and all below it
  unit_id uuid references kernel.units,
  months int not null,
  reason text not null,
  changed_by uuid not null references kernel.people,
  changed_at timestamptz not null,
  unique nulls not distinct (class, unit_id)
);

-- Rounds after the first go by themselves under this; a rule that changes takes it away.
create table kernel.retention_approvals (
  class text primary key check (class in ('caseFile', 'identity', 'openings')),
  by_person uuid not null references kernel.people,
  at timestamptz not null
);

create table kernel.retention_runs (
  id uuid primary key,
  class text not null check (class in ('caseFile', 'identity', 'openings')),
  state text not null check (state in ('waiting', 'approved', 'done', 'declined')),
  found_at timestamptz not null,
  oldest date,
  due int not null,
  held int not null,
  -- the platform's rule on that day
  months int not null,
  decided_by uuid references kernel.people,
  decided_at timestamptz,
  reason text not null default '',
  finished_at timestamptz,
  destroyed int not null default 0
);
create unique index retention_runs_open on kernel.retention_runs (class) where state in ('waiting', 'approved');
create index retention_runs_found on kernel.retention_runs (found_at desc);

-- Which case by which round: an id, and nothing of what it held.
create table kernel.destructions (
  case_id uuid not null references kernel.cases,
  class text not null check (class in ('caseFile', 'identity')),
  run_id uuid not null references kernel.retention_runs,
  at timestamptz not null,
  primary key (case_id, class)
);

alter table kernel.cases
  add column identity_cut_on date,
  add column destroyed_on date;
-- Nothing is archived before it came in: so what is due stands at the beginning.
create index cases_kept_file on kernel.cases (entered_at) where status = 'archived' and destroyed_on is null;
create index cases_kept_identity on kernel.cases (entered_at)
  where status = 'archived' and identity_cut_on is null and anonymity <> 'anonymous';
create index openings_kept on vault.openings (at) where purpose <> '';

grant select, insert, update, delete on kernel.retention_rules, kernel.retention_approvals to doorstep_app;
grant select, insert, update on kernel.retention_runs to doorstep_app;
grant select, insert on kernel.destructions to doorstep_app;
grant delete on kernel.party_links, kernel.respondents, kernel.case_text, kernel.ledger_private, vault.persons, vault.tags
  to doorstep_app;
grant update on kernel.case_imports to doorstep_app;
grant update (purpose) on vault.openings to doorstep_app;
