-- Under which master key everything lies, and how far a change to another one has come. A mark names a key and tells nothing of it.
create table kernel.key_state (
  singleton boolean primary key default true check (singleton),
  version int not null check (version >= 1),
  mark text not null,
  next_version int,
  next_mark text,
  -- the step of the change that is being done, and the last row that is behind it
  step text,
  after text,
  check ((next_version is null) = (next_mark is null))
);

-- Keys that outlive the master key they were derived from, wrapped under the one in use.
create table vault.kept_keys (purpose text primary key, kek text not null, ct bytea not null);

grant select, insert on kernel.key_state to doorstep_app;
grant select on vault.kept_keys to doorstep_app;
