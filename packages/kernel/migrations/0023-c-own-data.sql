-- What a petitioner corrected about himself, sealed like the record it adds to; what he first gave stays.
create table vault.corrections (
  id uuid primary key,
  case_id uuid not null,
  kek text not null,
  dek bytea not null,
  ct bytea not null,
  at timestamptz not null
);
create index corrections_case on vault.corrections (case_id, at);
grant select, insert, delete on vault.corrections to doorstep_app;
