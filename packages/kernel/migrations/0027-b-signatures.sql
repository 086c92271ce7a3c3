-- The handwritten signature of somebody who decides, as a picture. A letter names the picture by the hash of its bytes;
-- it stays for the letters that bear it when its owner takes it back.
create table kernel.signatures (
  id uuid primary key,
  person_id uuid not null references kernel.people,
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  png bytea not null,
  added_at timestamptz not null,
  ended_at timestamptz
);
create unique index signatures_current on kernel.signatures (person_id) where ended_at is null;
create index signatures_hash on kernel.signatures (hash);
grant select, insert, update (ended_at) on kernel.signatures to doorstep_app;
