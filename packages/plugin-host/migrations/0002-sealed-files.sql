-- Files of plugins lie encrypted, each under a key of its own that the kernel's key wraps; without `dek` a file is from
-- before and is sealed by the daily tidying. They are working files: unused for a month, they are forgotten.
alter table kernel.plugin_file add column kek text, add column dek bytea, add column used_at timestamptz;
update kernel.plugin_file set used_at = at;
alter table kernel.plugin_file alter column used_at set not null;
create index plugin_file_used on kernel.plugin_file (used_at);
