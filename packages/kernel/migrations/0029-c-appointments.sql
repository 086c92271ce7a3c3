-- When and where people meet, for a petition or for a unit's own work. Nobody and no room is booked twice at a time.

-- A resource as a place on one axis and its time on the other: two that overlap share a point. Whole numbers, so that what
-- ends when the next one begins does not touch it.
create function kernel.booked(resource uuid, starts_at timestamptz, ends_at timestamptz) returns box language sql immutable as $$
  select box(point(x, extract(epoch from starts_at)::float8), point(x, extract(epoch from ends_at)::float8 - 1))
    from (select ('x' || substr(md5(resource::text), 1, 12))::bit(48)::bigint::float8 as x) r
$$;
grant execute on function kernel.booked(uuid, timestamptz, timestamptz) to doorstep_app;

create table kernel.appointments (
  id uuid primary key,
  case_id uuid references kernel.cases,
  unit_id uuid not null references kernel.units,
  plugin_id text not null,
  title_zh text not null,
  title_en text not null,
  place text not null,
  people uuid[] not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  made_by uuid references kernel.people,
  made_at timestamptz not null,
  cancelled_by uuid references kernel.people,
  cancelled_at timestamptz,
  key text unique,
  check (ends_at > starts_at)
);
create index appointments_case on kernel.appointments (case_id);
create index appointments_unit on kernel.appointments (unit_id, starts_at) where case_id is null;

create table kernel.appointment_claims (
  appointment_id uuid not null references kernel.appointments on delete cascade,
  resource uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  primary key (appointment_id, resource),
  constraint appointment_taken exclude using gist (kernel.booked(resource, starts_at, ends_at) with &&)
);
grant select, insert, update, delete on kernel.appointments, kernel.appointment_claims to doorstep_app;
