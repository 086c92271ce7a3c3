-- Units, people, rules: what a case refers to.
create schema kernel;
create schema vault;

do $$ begin
  create role doorstep_reader nologin;
exception when duplicate_object or unique_violation then null;
end $$;
do $$ begin
  grant doorstep_reader to doorstep_app;
exception when unique_violation then null;
end $$;
grant usage on schema kernel, vault to doorstep_app;
grant usage on schema kernel to doorstep_reader;

create function kernel.refuse_change() returns trigger language plpgsql as $$
begin raise exception 'append only: %', tg_table_name using errcode = 'DS001'; end $$;

-- An update that finds nothing is no error by itself: without this the other arms of a command would still be written.
create function kernel.expect(got bigint, want bigint) returns void language plpgsql as $$
begin if got <> want then raise exception 'stale' using errcode = 'DS409'; end if; end $$;

create function kernel.scope_keys() returns uuid[] language sql stable as
$$ select nullif(current_setting('app.keys', true), '')::uuid[] $$;
create function kernel.scope_me() returns uuid language sql stable as
$$ select nullif(current_setting('app.me', true), '')::uuid $$;

create table kernel.units (
  id uuid primary key,
  code text not null unique,
  name_zh text not null,
  name_en text not null,
  name_pinyin text not null default '',
  level smallint not null,
  parent_id uuid references kernel.units,
  -- root first, the unit itself last
  path uuid[] not null,
  time_zone text not null,
  strength int,
  reception_place text not null default '',
  calendar_region text not null default 'cn',
  policy_pack text not null,
  valid_from date not null,
  valid_until date,
  successor_id uuid references kernel.units,
  version int not null default 1
);
create index units_parent on kernel.units (parent_id);
create index units_path on kernel.units using gin (path);

-- Every relation keeps its validity, so that a past duty can be laid at the unit that owed it.
create table kernel.unit_history (
  unit_id uuid not null references kernel.units,
  from_on date not null,
  until_on date,
  parent_id uuid,
  name_zh text not null,
  name_en text not null,
  changed_by text not null,
  why text not null default '',
  seq int not null,
  primary key (unit_id, seq)
);

create table kernel.offices (
  id uuid primary key,
  unit_id uuid not null references kernel.units,
  kind text not null check (kind in ('petitionOffice', 'disciplineOrgan', 'handlingOffice')),
  name_zh text not null,
  name_en text not null,
  contact text not null default '',
  phone text not null default '',
  address text not null default '',
  valid_from date not null,
  valid_until date
);
create index offices_unit on kernel.offices (unit_id, kind);

create table kernel.people (
  id uuid primary key,
  username text not null unique,
  name text not null,
  name_pinyin text not null default '',
  kind text not null,
  unit_id uuid not null references kernel.units,
  locale text not null default 'zh-CN',
  active boolean not null default true,
  last_seen_on date,
  version int not null default 1
);
create index people_unit on kernel.people (unit_id);

create table kernel.role_grants (
  id uuid primary key,
  person_id uuid not null references kernel.people,
  role text not null,
  unit_id uuid not null references kernel.units,
  subtree boolean not null default false,
  valid_from date not null,
  valid_until date,
  why text not null default '',
  granted_by uuid,
  -- waits for a second administrator of the superior unit
  pending boolean not null default false,
  confirmed_by uuid,
  revoked_on date,
  revoked_by uuid,
  at timestamptz not null
);
create index role_grants_person on kernel.role_grants (person_id) where revoked_on is null;
create index role_grants_unit on kernel.role_grants (unit_id, role) where revoked_on is null;

create table kernel.second_factor_rules (role text primary key, required boolean not null);

create table kernel.topics (
  id uuid primary key,
  code text not null unique,
  name_zh text not null,
  name_en text not null,
  parent_id uuid references kernel.topics,
  retired boolean not null default false
);
-- One row: the version of the catalogue as a whole.
create table kernel.topic_version (singleton boolean primary key default true check (singleton), version int not null);
insert into kernel.topic_version (version) values (1);

-- Copied here when a plugin brings them: a clock never depends on a plugin being on.
create table kernel.policy_packs (
  id text not null,
  version text not null,
  body jsonb not null,
  installed_at timestamptz not null,
  primary key (id, version)
);
create table kernel.calendars (
  id text primary key,
  region text not null,
  official_until date not null,
  body jsonb not null,
  installed_at timestamptz not null
);

grant select, insert, update on kernel.units, kernel.unit_history, kernel.offices, kernel.people, kernel.role_grants,
  kernel.second_factor_rules, kernel.topics, kernel.topic_version to doorstep_app;
grant select, insert on kernel.policy_packs, kernel.calendars to doorstep_app;
grant select on kernel.units, kernel.offices, kernel.people, kernel.topics to doorstep_reader;
