-- A letter from one unit to another, of a petition or of none: written by a module, signed by a person, confirmed by the
-- unit it is for. Beside the letters of petitions, which all belong to one and are read by whoever may see it.
create table kernel.unit_letters (
  -- given by the module: the same is written once
  id uuid primary key,
  from_unit_id uuid not null references kernel.units,
  to_unit_id uuid not null references kernel.units,
  case_id uuid references kernel.cases,
  plugin_id text not null,
  template text not null,
  version int not null check (version > 0),
  -- what is drawn; of an accusation under its organ's key, and empty once it was destroyed by rule
  facts jsonb not null,
  state text not null check (state in ('toSign', 'sentBack', 'issued')),
  -- null: by the module's own repeated work
  drafted_by uuid references kernel.people,
  drafted_at timestamptz not null,
  sent_back_reason text not null default '',
  number text,
  hash bytea,
  signed_by uuid references kernel.people,
  issued_at timestamptz,
  received_by uuid references kernel.people,
  received_at timestamptz,
  check (from_unit_id <> to_unit_id),
  check ((state = 'issued') = (issued_at is not null)),
  check (num_nulls(number, hash, signed_by, issued_at) in (0, 4)),
  check ((received_at is null) = (received_by is null) and (received_at is null or issued_at is not null))
);
create index unit_letters_from on kernel.unit_letters (from_unit_id, drafted_at);
create index unit_letters_to on kernel.unit_letters (to_unit_id, issued_at) where issued_at is not null;
create index unit_letters_case on kernel.unit_letters (case_id) where case_id is not null;
grant select, insert, update, delete on kernel.unit_letters to doorstep_app;
