-- Petitions that a unit concluded, until the unit above has drawn its sample of the month from them.
create table concluded (
  case_id uuid primary key,
  unit_id uuid not null,
  above_id uuid not null,
  concluded_on date not null
);
create index concluded_above on concluded (above_id, concluded_on);
create index concluded_unit on concluded (unit_id);

-- An inspection that is drawn by itself: of what the unit concluded in that month, once. Nobody opened it: opened_by is its own id.
alter table inspections add column month text, add column task_id uuid;
create unique index inspections_month on inspections (about_unit, month) where month is not null;
create index inspections_unit on inspections (unit_id);
