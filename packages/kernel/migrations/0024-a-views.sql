-- What somebody wants to see in the queue, under a name of his. Shared with a unit, its people and those below may use it.
create table kernel.saved_views (
  id uuid primary key,
  person_id uuid not null references kernel.people,
  unit_id uuid references kernel.units,
  name text not null,
  definition jsonb not null,
  changed_at timestamptz not null,
  unique (person_id, name)
);
create index saved_views_unit on kernel.saved_views (unit_id) where unit_id is not null;
grant select, insert, update, delete on kernel.saved_views to doorstep_app;

alter table kernel.exports drop constraint exports_what_check;
alter table kernel.exports add constraint exports_what_check check (what in ('ledger', 'cases'));
