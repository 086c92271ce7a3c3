-- What went wrong in modules: counted by day, without a word of what was said. Every process adds to the same rows.
create table kernel.plugin_incident (
  plugin_id text not null,
  version text not null,
  -- kind of call, or `process`
  kind text not null,
  -- null: no unit, or too many of them on that day
  unit_id uuid,
  code text not null,
  day date not null,
  count int not null,
  last_at timestamptz not null,
  unique nulls not distinct (plugin_id, day, kind, code, unit_id, version)
);

grant select, insert, update, delete on kernel.plugin_incident to doorstep_app;
