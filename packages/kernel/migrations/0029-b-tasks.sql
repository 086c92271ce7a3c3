-- Something one person is to do by a day, for a petition or for a unit's own work. It is never without a person.
create table kernel.tasks (
  id uuid primary key,
  case_id uuid references kernel.cases,
  -- whose work it is; of a petition the unit that held it then
  unit_id uuid not null references kernel.units,
  -- the module it comes from, with its name for when it is gone
  plugin_id text not null,
  title_zh text not null,
  title_en text not null,
  text text not null,
  person_id uuid not null references kernel.people,
  due_on date not null,
  -- null: by the module's own repeated work
  made_by uuid references kernel.people,
  made_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'done', 'dropped')),
  result text not null default '',
  ended_by uuid references kernel.people,
  ended_at timestamptz,
  -- of a unit's own work: the same key makes no second one; of a petition the command log sees to it
  key text unique,
  check ((state = 'open') = (ended_at is null))
);
create index tasks_person on kernel.tasks (person_id, due_on) where state = 'open';
create index tasks_case on kernel.tasks (case_id);
create index tasks_ended on kernel.tasks (ended_at) where case_id is null;
grant select, insert, update, delete on kernel.tasks to doorstep_app;
