-- Logins. A user here is a person of the kernel under the same id; names stay there.
create schema auth;
grant usage on schema auth to doorstep_app;

create table auth.users (
  id uuid primary key,
  -- normalised: NFKC, lower case
  username text not null unique,
  -- the account library asks for one; nobody is written to at it
  email text not null unique,
  email_verified boolean not null default false,
  name text not null default '',
  image text,
  two_factor_enabled boolean not null default false,
  must_change_password boolean not null default false,
  -- a one-time password is of no use after this instant
  slip_until timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

-- Neither address nor device: a list of both would tell who was where.
create table auth.sessions (
  id uuid primary key,
  user_id uuid not null references auth.users on delete cascade,
  token text not null unique,
  -- the account library's end; ours counts from the last use
  expires_at timestamptz not null,
  used_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  ip_address text check (ip_address is null or ip_address = ''),
  user_agent text check (user_agent is null or user_agent = '')
);
create index sessions_user on auth.sessions (user_id);
create index sessions_used on auth.sessions (used_at);

create table auth.accounts (
  id uuid primary key,
  user_id uuid not null references auth.users on delete cascade,
  account_id text not null,
  provider_id text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (user_id, provider_id)
);

create table auth.verifications (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verifications_identifier on auth.verifications (identifier);
create index verifications_end on auth.verifications (expires_at);

create table auth.two_factors (
  id uuid primary key,
  user_id uuid not null references auth.users on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean not null default true,
  failed_verification_count int not null default 0,
  locked_until timestamptz
);
create index two_factors_user on auth.two_factors (user_id);

-- Failed sign-ins by keyed hash of the user name (known or not) and of the hour's origin.
create table auth.attempts (
  key bytea primary key,
  failures int not null,
  at timestamptz not null
);
create index attempts_at on auth.attempts (at);

-- One row: the link of the first start. Only its hash is kept.
create table auth.setup (
  singleton boolean primary key default true check (singleton),
  token_hash bytea,
  done_at timestamptz
);

grant select, insert, update, delete on auth.users, auth.sessions, auth.accounts, auth.verifications,
  auth.two_factors, auth.attempts to doorstep_app;
grant select, insert, update on auth.setup to doorstep_app;
