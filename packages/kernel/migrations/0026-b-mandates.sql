-- Who speaks for the petitioner, how far and how long. Who that is lies in the vault.
create table kernel.mandates (
  id uuid primary key,
  case_id uuid not null references kernel.cases,
  -- whoever filed speaks for somebody else, by the code of the petition itself; otherwise the petitioner gave a code of its own
  filed boolean not null,
  kind text not null check (kind in ('family', 'delegate')),
  relation text not null,
  scope text[] not null,
  consent text not null check (consent in ('given', 'notYet', 'refused')),
  given_at timestamptz not null,
  until date,
  return_tag bytea unique,
  ended_at timestamptz,
  ended_by text check (ended_by in ('petitioner', 'delegate', 'office')),
  check (filed = (return_tag is null))
);
create index mandates_case on kernel.mandates (case_id);
grant select, insert, update on kernel.mandates to doorstep_app;
