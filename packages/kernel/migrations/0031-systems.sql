-- Systems of others that call the platform. What one may do stands in its scopes, for its unit and all below it.
create table kernel.systems (
  id uuid primary key,
  name text not null,
  why text not null,
  unit_id uuid not null references kernel.units,
  scopes text[] not null check (cardinality(scopes) > 0),
  added_by uuid not null references kernel.people,
  added_at timestamptz not null,
  -- whoever agreed; null while it waits for a second administrator
  confirmed_by uuid references kernel.people,
  confirmed_at timestamptz,
  ended_by uuid references kernel.people,
  ended_at timestamptz,
  end_why text,
  check (confirmed_by is null or confirmed_at is not null),
  check ((ended_by is null) = (ended_at is null))
);
create unique index systems_name on kernel.systems (name) where ended_at is null;
grant select, insert, update (unit_id, confirmed_by, confirmed_at, ended_by, ended_at, end_why) on kernel.systems to doorstep_app;

-- A token is known by its hash alone: 32 random bytes need no key.
create table kernel.system_tokens (
  id uuid primary key,
  system_id uuid not null references kernel.systems,
  hash text not null unique check (hash ~ '^[0-9a-f]{64}$'),
  made_by uuid not null references kernel.people,
  made_at timestamptz not null,
  -- the last day, a local date of the unit
  until date not null,
  last_used_on date,
  revoked_at timestamptz
);
create index system_tokens_system on kernel.system_tokens (system_id);
grant select, insert, update (last_used_on, revoked_at) on kernel.system_tokens to doorstep_app;
