-- One event of one petition for one address. Ids and codes, never a word of the petition.
create table deliveries (
  -- the order in which they go out
  no bigint generated always as identity primary key,
  unit_id uuid not null,
  case_id uuid not null,
  event_id uuid not null,
  address text not null,
  event jsonb not null,
  state text not null check (state in ('waiting', 'sent', 'parked')),
  attempts int not null,
  -- what the last attempt ended with
  error text,
  next_at timestamptz not null,
  unique (event_id, address)
);
create index deliveries_open on deliveries (unit_id, case_id, address, no) where state <> 'sent';
create index deliveries_sent on deliveries (unit_id, next_at) where state = 'sent';
