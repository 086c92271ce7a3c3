-- Backups that were made or failed, so that an administrator sees how old the last good one is.
create table kernel.backups (
  id uuid primary key,
  kind text not null check (kind in ('byHand', 'scheduled', 'upgrade', 'export')),
  started_at timestamptz not null,
  finished_at timestamptz not null,
  good boolean not null,
  file text,
  bytes bigint,
  rows bigint,
  files int,
  -- the last seal of the ledger in it
  seal_no int,
  -- why it is not good; never what the data say
  problem text
);
create index backups_good on kernel.backups (finished_at desc) where good;

-- One row: what is done by itself. Folders null: those of the data folder.
create table kernel.backup_plan (
  singleton boolean primary key default true check (singleton),
  on_schedule boolean not null default false,
  folder text,
  -- local hour of the machine
  at_hour smallint not null default 2 check (at_hour between 0 and 23),
  keep_days smallint not null default 14 check (keep_days between 1 and 3650),
  -- where the daily root of the ledger is put, outside of the house; null: it is not
  root_folder text
);
insert into kernel.backup_plan default values;

-- Public keys that have signed seals: they stay when the key changes.
create table kernel.seal_keys (
  id text not null,
  public_key bytea not null,
  since timestamptz not null,
  primary key (id, public_key)
);

-- Daily roots that have left the house.
create table kernel.roots_out (
  on_date date primary key,
  seal_no int not null,
  root bytea not null,
  file text not null,
  at timestamptz not null
);

grant select on kernel.backups, kernel.backup_plan to doorstep_app;
grant select, insert on kernel.seal_keys, kernel.roots_out to doorstep_app;
