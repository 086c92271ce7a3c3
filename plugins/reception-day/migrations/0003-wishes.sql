-- Whoever wants to see a leader while no day has a time left: what about, in a line, and an account where he has one.
create table wishes (
  id uuid primary key,
  -- where it was left and all above: a day of any of them answers it
  path uuid[] not null,
  account_id uuid unique,
  topic text not null default '',
  at timestamptz not null
);
create index wishes_path on wishes using gin (path);

-- When the visitor signed what was noted; the drawing itself lies in the file of the petition, never here.
alter table bookings add column signed_at timestamptz;
