-- What modules keep for a discipline organ: sealed under its key, read by its members alone, every version kept.
create table kernel.organ_records (
  -- one row; `record_id` is the record it is a version of
  id uuid primary key,
  organ_id uuid not null references kernel.offices,
  plugin_id text not null,
  record_id uuid not null,
  version int not null check (version > 0),
  -- one JSON object, always under the organ's key; with it who wrote it and when
  data text not null check (data like 'c3:1:%'),
  unique (organ_id, plugin_id, record_id, version)
);
-- the data changes its key and nothing else
grant select, insert, update (data) on kernel.organ_records to doorstep_app;
