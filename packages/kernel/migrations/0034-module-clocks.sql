-- Periods that modules run beside a petition's own. The kernel counts and keeps them; names and words are the module's, and
-- stay with the row, so that it is read when the module is gone.

create table kernel.module_clocks (
  id uuid primary key,
  case_id uuid not null references kernel.cases,
  plugin_id text not null,
  code text not null,
  title_zh text not null,
  title_en text not null,
  name_zh text not null,
  name_en text not null,
  why_zh text not null,
  why_en text not null,
  amount integer not null check (amount > 0),
  unit text not null check (unit in ('day', 'workday')),
  -- who is told at the end, and in which words
  at_end jsonb not null,
  state text not null check (state in ('running', 'passed', 'stopped')),
  start_on date not null,
  due_on date not null,
  due_at timestamptz not null,
  calendar text not null,
  provisional boolean not null,
  started_by uuid references kernel.people,
  started_at timestamptz not null,
  ended_by uuid references kernel.people,
  ended_at timestamptz
);
create unique index module_clocks_running on kernel.module_clocks (case_id, plugin_id, code) where state = 'running';
create index module_clocks_due on kernel.module_clocks (due_at, id) where state = 'running';
create index module_clocks_provisional on kernel.module_clocks (calendar, case_id) where provisional and state = 'running';
create index module_clocks_case on kernel.module_clocks (case_id);
grant select, insert, update on kernel.module_clocks to doorstep_app;
