-- Tasks of visits that nobody has to make any more, until the daily work has taken them back from whoever has them.
create table needless_tasks (
  task_id uuid primary key,
  mediation_id uuid not null references mediations on delete cascade
);
create index needless_tasks_mediation on needless_tasks (mediation_id);
