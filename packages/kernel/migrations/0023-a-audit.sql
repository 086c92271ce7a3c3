-- What the audit asks the ledger for: newest first, and by who did it.
create index ledger_at on kernel.ledger (at, stream, seq);
create index ledger_actor on kernel.ledger (actor, at);

-- Whoever takes data out of the house says why; the ledger holds that he did.
create table kernel.exports (
  id uuid primary key,
  at timestamptz not null,
  by_person uuid not null references kernel.people,
  what text not null check (what in ('ledger')),
  count int not null,
  reason text not null
);

-- Each time the whole ledger was checked against its own hashes and seals.
create table kernel.ledger_checks (
  id uuid primary key,
  at timestamptz not null,
  ok boolean not null,
  entries bigint not null,
  streams int not null,
  seals int not null,
  until timestamptz,
  faults jsonb not null default '[]'
);
create index ledger_checks_at on kernel.ledger_checks (at desc);
grant select, insert on kernel.exports, kernel.ledger_checks to doorstep_app;
