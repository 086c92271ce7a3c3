-- When the jobs of plugins come next, one row for each job and unit. A row outlives the plugin and its switch: what is
-- due is asked together with where it is on.
create table kernel.plugin_job (
  plugin_id text not null,
  job text not null,
  unit_id uuid not null references kernel.units,
  due_at timestamptz not null,
  -- taken by a process until then, by the database's clock; one that dies leaves it to the others
  claimed_until timestamptz,
  ran_at timestamptz,
  -- in a row
  failures int not null default 0,
  primary key (plugin_id, job, unit_id)
);
create index plugin_job_due on kernel.plugin_job (plugin_id, job, due_at);

grant select, insert, update, delete on kernel.plugin_job to doorstep_app;
