-- How many a unit had in a month, with all below it, as somebody of it entered: for one number that says how small or large it is.
create table strengths (
  unit_id uuid not null,
  month text not null check (month ~ '^\d{4}-\d{2}$'),
  people int not null check (people between 0 and 10000000),
  by_person uuid not null,
  at timestamptz not null,
  primary key (unit_id, month)
);
