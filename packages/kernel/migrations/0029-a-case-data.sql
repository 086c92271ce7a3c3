-- What a module keeps at a petition. It bears its own words, so that it is read when the module is gone.
create table kernel.case_data (
  id uuid primary key,
  case_id uuid not null references kernel.cases,
  plugin_id text not null,
  title_zh text not null,
  title_en text not null,
  -- names of the fields by key, in both languages; never a value
  labels jsonb not null,
  -- one JSON object; of an accusation under its organ's key
  data text not null,
  at timestamptz not null,
  by_person uuid not null,
  unique (case_id, plugin_id)
);
grant select, insert, update on kernel.case_data to doorstep_app;
