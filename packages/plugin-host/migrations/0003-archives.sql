-- Modules installed as archives while the platform runs. Files lie in the data folder; what they say of themselves and what
-- an administrator approved stands here.

-- Keys whose archives are accepted. A key is named by the hash of its own bytes.
create table kernel.plugin_publisher (
  key_id text primary key check (key_id ~ '^[0-9a-f]{32}$'),
  name text not null,
  public_key text not null,
  why text not null,
  added_by uuid,
  added_at timestamptz not null,
  revoked_at timestamptz
);

-- Every version that was ever installed; the active ones are what runs.
create table kernel.plugin_archive (
  plugin_id text not null,
  version text not null,
  -- SHA-256 of plugin.json, which holds the hash of every file
  digest text not null,
  -- null: unsigned, which only development takes
  publisher text,
  capabilities text[] not null,
  why text not null,
  installed_by uuid,
  installed_at timestamptz not null,
  -- when it last became the one that runs; null: it does not run
  active_since timestamptz,
  -- when it last ceased to
  ended_at timestamptz,
  primary key (plugin_id, digest)
);
create unique index plugin_archive_active on kernel.plugin_archive (plugin_id) where active_since is not null;

grant select, insert, update on kernel.plugin_publisher, kernel.plugin_archive to doorstep_app;
