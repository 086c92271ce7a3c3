-- A meeting that is being set: written before the mediator's time is booked, so that no hour stays booked for a meeting nobody
-- knows of. What was broken off in between is set to its end by the module's repeated work.
create table begun_meetings (
  id uuid primary key,
  mediation_id uuid not null references mediations on delete cascade,
  -- where it is booked: the same key at another unit would be another booking
  unit_id uuid not null,
  kind text not null check (kind in ('separate', 'joint')),
  starts_at timestamptz not null,
  place text not null,
  begun_at timestamptz not null
);
create index begun_meetings_unit on begun_meetings (unit_id);
