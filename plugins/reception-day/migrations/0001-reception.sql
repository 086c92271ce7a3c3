-- A day on which a leader receives people, as it was made public.
create table sessions (
  id uuid primary key,
  unit_id uuid not null,
  kind text not null check (kind in ('reception', 'goingDown')),
  leader_id uuid not null,
  -- made public with the day, so that it is read as it was announced
  leader text not null,
  post text not null,
  portfolio text not null default '',
  place text not null,
  -- whoever is not signed in reads the hours of the place as well
  time_zone text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  slot_minutes int not null check (slot_minutes between 5 and 120),
  state text not null check (state in ('published', 'cancelled')),
  -- announced with fewer days to go than the unit wants
  late boolean not null,
  -- why somebody else receives, or nobody
  reason text not null default '',
  appointment_id uuid,
  published_by uuid not null,
  published_at timestamptz not null
);
create index sessions_unit on sessions (unit_id, starts_at);

-- One visit. Who comes is not known here: the code is the pass.
create table bookings (
  id uuid primary key,
  session_id uuid not null,
  slot_no int not null,
  -- pressed twice books once
  key uuid not null unique,
  code_hash bytea not null unique,
  -- an account that booked, for its own list and the reminder; never shown at the desk
  account_id uuid,
  topic text not null default '',
  state text not null check (state in ('booked', 'cancelled', 'heard', 'absent', 'sealed')),
  case_id uuid,
  record text not null default '',
  changed_at timestamptz not null
);
-- a time is given to one visitor, however many press at once
create unique index bookings_slot on bookings (session_id, slot_no) where state <> 'cancelled';
create index bookings_account on bookings (account_id);
create index bookings_case on bookings (case_id);

-- What was promised on the spot, with its day.
create table promises (
  id uuid primary key,
  booking_id uuid not null,
  no int not null,
  words text not null,
  owner_id uuid not null,
  due_on date not null,
  kept_at timestamptz
);
create index promises_booking on promises (booking_id, no);
