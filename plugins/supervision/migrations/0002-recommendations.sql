-- One of the three kinds of recommendation to another unit, which answers in writing; about matters, never about a person.
create table recommendations (
  id uuid primary key,
  unit_id uuid not null,
  -- the unit that recommends and all above it
  path uuid[] not null,
  to_unit uuid not null,
  -- the unit right above the one that answers: it is told when no answer comes
  reports_to uuid,
  kind text not null check (kind in ('improveWork', 'improvePolicy', 'pursueResponsibility')),
  words text not null,
  evidence text not null,
  sent_by uuid not null,
  sent_at timestamptz not null,
  due_on date not null,
  outcome text check (outcome in ('adopted', 'partly', 'notAdopted')),
  reason text,
  answered_by uuid,
  answered_at timestamptz,
  answered_on date,
  check ((outcome is null) = (answered_at is null))
);
create index recommendations_path on recommendations using gin (path);
create index recommendations_to on recommendations (to_unit, due_on);
create index recommendations_above on recommendations (reports_to, due_on) where outcome is null;
