-- Secret settings lie encrypted, each under a key of its own that the platform's key wraps; `value` is then empty. What
-- stood in clear is sealed when the host starts.
alter table kernel.plugin_setting
  add column id uuid not null default gen_random_uuid(),
  add column kek text,
  add column dek bytea,
  add column sealed bytea,
  alter column value drop not null,
  add constraint plugin_setting_value_or_sealed check (num_nonnulls(value, sealed) = 1 and num_nonnulls(kek, dek, sealed) in (0, 3));
create unique index plugin_setting_id on kernel.plugin_setting (id);
