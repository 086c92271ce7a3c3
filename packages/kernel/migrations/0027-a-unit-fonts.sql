-- Faces that units set their letters in. A face is named by the hash of its bytes and never changed, so that a letter
-- which names it is always drawn alike; who uses which from which day on stands apart.
create table kernel.fonts (
  hash text primary key check (hash ~ '^[0-9a-f]{64}$'),
  name text not null,
  bytes bytea not null,
  added_at timestamptz not null
);
-- outlines are packed as far as they can be
alter table kernel.fonts alter column bytes set storage external;
grant select, insert, update (added_at), delete on kernel.fonts to doorstep_app;

create table kernel.unit_fonts (
  id uuid primary key,
  unit_id uuid not null references kernel.units,
  -- null: from that day on what the unit above uses
  font text references kernel.fonts,
  valid_from date not null,
  chosen_by uuid not null references kernel.people,
  chosen_at timestamptz not null
);
create index unit_fonts_unit on kernel.unit_fonts (unit_id);
grant select, insert on kernel.unit_fonts to doorstep_app;
