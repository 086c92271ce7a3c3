-- Words of a case that are covered wherever it is seen or sent outside of the circle that handles it.
create table kernel.redactions (
  id uuid primary key,
  case_id uuid not null references kernel.cases,
  words text not null,
  kind text not null check (kind in ('temporary', 'permanent')),
  reason text not null,
  marked_by uuid not null,
  marked_at timestamptz not null,
  lifted_by uuid,
  lifted_at timestamptz,
  check (kind = 'temporary' or lifted_at is null)
);
create index redactions_case on kernel.redactions (case_id) where lifted_at is null;
grant select, insert, update on kernel.redactions to doorstep_app;
-- lists cover the subjects they show
grant select on kernel.redactions to doorstep_reader;
