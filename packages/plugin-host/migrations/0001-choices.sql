-- What units say about plugins, and what follows from it.

-- One row: the number of the last change, so that two administrators cannot overwrite each other unseen.
create table kernel.plugin_registry (singleton boolean primary key default true check (singleton), revision int not null);
insert into kernel.plugin_registry (revision) values (1);

create table kernel.plugin_installed (
  plugin_id text primary key,
  version text not null,
  -- kept, so that what a plugin left behind can be named when its code is gone
  title_zh text not null,
  title_en text not null,
  on_by_default boolean not null,
  requires text[] not null default '{}',
  installed_at timestamptz not null
);

-- Rows of intent. A row of a unit below a lock stays: it counts again when the lock goes.
create table kernel.plugin_choice (
  plugin_id text not null,
  unit_id uuid not null references kernel.units,
  choice text not null check (choice in ('inherit', 'on', 'off')),
  locked boolean not null default false check (not locked or choice <> 'inherit'),
  -- the unit by whose right the choice was made: nobody below it may undo a lock
  authority uuid not null references kernel.units,
  why text not null,
  by_person uuid,
  at timestamptz not null,
  primary key (plugin_id, unit_id)
);
create index plugin_choice_unit on kernel.plugin_choice (unit_id);

-- What follows from the choices; written by refresh_plugins alone, in the transaction of the change.
create table kernel.plugin_effective (
  plugin_id text not null,
  unit_id uuid not null references kernel.units,
  -- by choices alone
  chosen boolean not null,
  -- and every plugin it requires is on as well
  enabled boolean not null,
  -- null: the platform's default
  decided_by uuid references kernel.units,
  locked_by uuid references kernel.units,
  primary key (plugin_id, unit_id)
);
create index plugin_effective_unit on kernel.plugin_effective (unit_id, plugin_id) include (enabled);

create table kernel.plugin_setting (
  plugin_id text not null,
  unit_id uuid not null references kernel.units,
  key text not null,
  value jsonb not null,
  locked boolean not null default false,
  authority uuid not null references kernel.units,
  why text not null,
  by_person uuid,
  at timestamptz not null,
  primary key (plugin_id, unit_id, key)
);

create table kernel.plugin_file (
  plugin_id text not null,
  id uuid not null,
  bytes bytea not null,
  at timestamptz not null,
  primary key (plugin_id, id)
);

-- Recomputes the given plugins, and those that require them, for the given units and everything below. One statement:
-- the topmost locked choice decides; else the nearest choice; else the default. Gives the rows that changed.
create function kernel.refresh_plugins(ids text[], roots uuid[])
returns table (plugin_id text, unit_id uuid, was boolean, enabled boolean) language sql as $$
  with recursive
  touched (plugin_id) as (
    select i.plugin_id from kernel.plugin_installed i where i.plugin_id = any(ids)
    union
    select i.plugin_id from touched t join kernel.plugin_installed i on t.plugin_id = any(i.requires)
  ),
  needs (plugin_id, need) as (
    select t.plugin_id, t.plugin_id from touched t
    union
    select n.plugin_id, r.id from needs n join kernel.plugin_installed i on i.plugin_id = n.need
      cross join lateral unnest(i.requires) r(id)
  ),
  walk (unit_id, plugin_id, chosen, decided_by, locked_by) as (
    select u.id, i.plugin_id,
      case when above.locked_by is not null then above.chosen
           when c.choice is not null then c.choice = 'on'
           else coalesce(above.chosen, i.on_by_default) end,
      case when above.locked_by is not null then above.decided_by
           when c.choice is not null then u.id
           else above.decided_by end,
      coalesce(above.locked_by, case when c.locked then u.id end)
    from kernel.units u
    join kernel.plugin_installed i on i.plugin_id in (select need from needs)
    left join kernel.plugin_effective above on above.plugin_id = i.plugin_id and above.unit_id = u.parent_id
    left join kernel.plugin_choice c on c.plugin_id = i.plugin_id and c.unit_id = u.id and c.choice <> 'inherit'
    where u.id = any(roots)
      -- a root below another one is reached from there
      and not exists (select 1 from unnest(roots) r (id) where r.id <> u.id and r.id = any(u.path))
    union all
    select u.id, w.plugin_id,
      case when w.locked_by is not null then w.chosen
           when c.choice is not null then c.choice = 'on'
           else w.chosen end,
      case when w.locked_by is not null then w.decided_by
           when c.choice is not null then u.id
           else w.decided_by end,
      coalesce(w.locked_by, case when c.locked then u.id end)
    from walk w
    join kernel.units u on u.parent_id = w.unit_id
    left join kernel.plugin_choice c on c.plugin_id = w.plugin_id and c.unit_id = u.id and c.choice <> 'inherit'
  ),
  met (plugin_id, unit_id, enabled) as (
    select n.plugin_id, w.unit_id, bool_and(w.chosen) from needs n join walk w on w.plugin_id = n.need
    group by n.plugin_id, w.unit_id
  ),
  written as (
    insert into kernel.plugin_effective as e (plugin_id, unit_id, chosen, enabled, decided_by, locked_by)
    select m.plugin_id, m.unit_id, w.chosen, m.enabled, w.decided_by, w.locked_by
    from met m join walk w on w.plugin_id = m.plugin_id and w.unit_id = m.unit_id
    on conflict on constraint plugin_effective_pkey do update
      set chosen = excluded.chosen, enabled = excluded.enabled,
          decided_by = excluded.decided_by, locked_by = excluded.locked_by
      where (e.chosen, e.enabled, e.decided_by, e.locked_by)
        is distinct from (excluded.chosen, excluded.enabled, excluded.decided_by, excluded.locked_by)
    returning e.plugin_id, e.unit_id, e.enabled
  )
  -- the table as it was before this statement
  select w.plugin_id, w.unit_id, coalesce(old.enabled, false), w.enabled
  from written w left join kernel.plugin_effective old on old.plugin_id = w.plugin_id and old.unit_id = w.unit_id
  where coalesce(old.enabled, false) <> w.enabled
$$;

-- A new or moved unit takes over what holds above it, whoever moved it.
create function kernel.plugins_of_new_units() returns trigger language plpgsql as $$
begin
  perform kernel.refresh_plugins(
    (select array_agg(plugin_id) from kernel.plugin_installed),
    (select array_agg(f.id) from fresh f where not exists (select 1 from fresh p where p.id = f.parent_id)));
  return null;
end $$;
create trigger plugins_of_new_units after insert on kernel.units
  referencing new table as fresh for each statement execute function kernel.plugins_of_new_units();

create function kernel.plugins_of_moved_units() returns trigger language plpgsql as $$
declare moved uuid[];
begin
  select array_agg(f.id) into moved from fresh f join stale s on s.id = f.id
   where s.parent_id is distinct from f.parent_id;
  if moved is not null then
    perform kernel.refresh_plugins((select array_agg(plugin_id) from kernel.plugin_installed), moved);
  end if;
  return null;
end $$;
create trigger plugins_of_moved_units after update on kernel.units
  referencing old table as stale new table as fresh for each statement execute function kernel.plugins_of_moved_units();

grant select, update on kernel.plugin_registry to doorstep_app;
grant select, insert, update, delete on kernel.plugin_installed, kernel.plugin_choice, kernel.plugin_effective,
  kernel.plugin_setting, kernel.plugin_file to doorstep_app;
