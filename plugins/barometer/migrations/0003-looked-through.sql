-- What was released of a unit when it was looked through for warnings last: of the same the same is found.
create table looked_through (
  unit_id uuid primary key,
  stamp text not null
);
