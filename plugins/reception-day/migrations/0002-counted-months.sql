-- What was counted of a month when it was over: counts of a unit, nobody in them. Days and visits are
-- forgotten after some months, and counted once more a month would look as if less had happened.
create table counted_months (
  dataset text not null,
  month text not null,
  unit_id uuid not null,
  rows jsonb not null,
  primary key (dataset, month, unit_id)
);
