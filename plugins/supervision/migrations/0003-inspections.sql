-- An inspection of how a unit handles petitions: a sample of them, drawn by the database, each held against the same checklist.
create table inspections (
  id uuid primary key,
  unit_id uuid not null,
  -- the unit that inspects and all above it
  path uuid[] not null,
  about_unit uuid not null,
  title text not null,
  -- what the sample was drawn from, and by which seed: drawn again it is the same
  pool uuid[] not null,
  seed text not null default gen_random_uuid()::text,
  opened_by uuid not null,
  opened_at timestamptz not null,
  result text,
  closed_by uuid,
  closed_at timestamptz,
  check ((result is null) = (closed_at is null))
);
create index inspections_path on inspections using gin (path);
create index inspections_about on inspections (about_unit);

create table inspected (
  inspection_id uuid not null references inspections on delete cascade,
  case_id uuid not null,
  no int not null,
  -- by check: yes, no or notApplicable
  results jsonb,
  note text not null default '',
  checked_by uuid,
  checked_at timestamptz,
  primary key (inspection_id, case_id)
);
create index inspected_case on inspected (case_id);
