-- Words a unit puts into the fixed layout of its letters, and its privacy notice: in versions, drafted by one person and
-- approved by another, in force from a day on. Units below that have none of their own use them.
create table kernel.unit_texts (
  id uuid primary key,
  unit_id uuid not null references kernel.units,
  subject text not null,
  version int not null,
  texts jsonb not null,
  state text not null check (state in ('draft', 'approved', 'refused')),
  valid_from date not null,
  drafted_by uuid not null references kernel.people,
  drafted_at timestamptz not null,
  decided_by uuid references kernel.people,
  decided_at timestamptz,
  check (decided_by is distinct from drafted_by),
  unique (unit_id, subject, version)
);
grant select, insert, update on kernel.unit_texts to doorstep_app;
