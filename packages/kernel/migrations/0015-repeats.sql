-- Whether a petition is the same person's same matter again: proposed by machine, judged by a person. The newest judgement
-- of a pair counts; earlier ones stay.
create table kernel.repeats (
  id uuid primary key,
  case_id uuid not null references kernel.cases,
  of_case_id uuid not null references kernel.cases,
  kind text not null check (kind in ('again', 'newFacts', 'none')),
  judged_by uuid not null references kernel.people,
  at timestamptz not null
);
create index repeats_case on kernel.repeats (case_id, at desc);
grant select, insert on kernel.repeats to doorstep_app;
