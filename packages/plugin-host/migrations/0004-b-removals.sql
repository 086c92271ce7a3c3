-- Data of modules that are to go: one person asks, another decides; then the schema is put aside under another name, in
-- nobody's reach, and dropped when its term is over. Installed again before that, the module finds its data.
create table kernel.plugin_removal (
  id uuid primary key,
  plugin_id text not null,
  state text not null check (state in ('asked', 'declined', 'archived', 'restored', 'dropped')),
  asked_by uuid not null,
  asked_at timestamptz not null,
  why text not null,
  decided_by uuid,
  decided_at timestamptz,
  decided_why text,
  -- what the schema is called while it is put aside, and the journal of its migrations
  put_aside_as text,
  journal jsonb,
  drop_on date,
  ended_at timestamptz,
  check (decided_by is distinct from asked_by or decided_by is null)
);
create unique index plugin_removal_open on kernel.plugin_removal (plugin_id) where state in ('asked', 'archived');

grant select on kernel.plugin_removal to doorstep_app;
