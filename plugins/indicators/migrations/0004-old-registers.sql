-- Records of old registers, by what they state of themselves. They are counted apart: nobody's clock has seen their days.
create table records (
  case_id uuid primary key,
  source text not null,
  unit_id uuid not null,
  -- the unit and all above it
  path uuid[] not null,
  received_on date not null,
  -- who of one petitioner came first
  received_at timestamptz not null,
  -- answered, else closed; null where the register states neither
  ended_on date,
  topic text,
  -- the first record of the same petitioner in that register; null where it names nobody
  first_id uuid
);
create index records_path on records using gin (path);
create index records_first on records (first_id, received_at, case_id);
