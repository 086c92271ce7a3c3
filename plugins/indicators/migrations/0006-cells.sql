-- How many things are alike: of a unit by itself, in one month. Always the sum of what is counted one by one.
create table cells (
  thing text not null,
  -- the first of its days
  month date not null,
  unit_id uuid not null,
  category text not null,
  channel text not null,
  marks text[] not null,
  count int not null,
  primary key (thing, month, unit_id, category, channel, marks)
);
create index cells_empty on cells (thing) where count = 0;
insert into cells (thing, month, unit_id, category, channel, marks, count)
  select thing, date_trunc('month', day)::date, unit_id, category, channel, marks, count(*) from counted group by 1, 2, 3, 4, 5, 6;

-- While all is counted anew: the first month whose cells are not yet; null where they are.
alter table progress add column cells_from date;
