-- A missed period is urged by the unit above [R22:40; SPEC §12]; nobody can delete that it was.
create table kernel.supervision_items (
  id uuid primary key,
  case_id uuid not null references kernel.cases,
  kind text not null check (kind in ('urge', 'alert')),
  trigger text not null,
  clock_id uuid not null references kernel.clocks,
  code text not null,
  -- how often it was urged, each time by a higher unit
  step smallint not null default 1,
  -- the unit above; for an accusation the discipline organ above; neither where nobody above is free of the matter
  by_unit_id uuid references kernel.units,
  by_organ_id uuid references kernel.offices,
  to_unit_id uuid not null references kernel.units,
  for_leader boolean not null default false,
  late_since date not null,
  opened_at timestamptz not null,
  due_on date,
  next_at timestamptz,
  notice_id uuid references kernel.notices,
  answer text,
  answered_at timestamptz,
  answered_by uuid,
  result text,
  closed_at timestamptz,
  closed_by uuid,
  unique (clock_id, trigger)
);
create index supervision_case on kernel.supervision_items (case_id);
create index supervision_by on kernel.supervision_items (by_unit_id, opened_at) where closed_at is null;
create index supervision_to on kernel.supervision_items (to_unit_id, opened_at) where closed_at is null;
create index supervision_again on kernel.supervision_items (next_at) where next_at is not null;
grant select, insert on kernel.supervision_items to doorstep_app;
grant update (step, by_unit_id, by_organ_id, for_leader, due_on, next_at, notice_id, answer, answered_at, answered_by,
  result, closed_at, closed_by) on kernel.supervision_items to doorstep_app;

-- What a breach calls for and is not done yet; the round that finds it does it.
alter table kernel.clocks add column effect_due boolean;
create index clocks_effect on kernel.clocks (breached_at, id) where effect_due;

-- Each run of the nightly proof, with what it counted; the figures of an old run are never changed.
create table kernel.proofs (
  id uuid primary key,
  started_at timestamptz not null,
  finished_at timestamptz,
  cases int not null default 0,
  counts jsonb not null default '{}',
  duration_ms int
);
create index proofs_latest on kernel.proofs (started_at desc);
-- What a run found stuck; it stays open until a later run finds it mended.
create table kernel.proof_items (
  check_id text not null,
  case_id uuid not null references kernel.cases,
  unit_id uuid not null references kernel.units,
  found_at timestamptz not null,
  seen_at timestamptz not null,
  mended_at timestamptz,
  primary key (check_id, case_id)
);
create index proof_items_open on kernel.proof_items (found_at desc) where mended_at is null;
create index proof_items_unit on kernel.proof_items (unit_id) where mended_at is null;
grant select, insert, update on kernel.proofs, kernel.proof_items to doorstep_app;
