-- Who wants to know who a petitioner is, why, and who agreed [SPEC §7 custodian, §8]. Words are protected text.
create table vault.requests (
  id uuid primary key,
  case_id uuid not null,
  kind text not null check (kind in ('open', 'relay')),
  reason text not null,
  message text,
  asked_by uuid not null,
  asked_at timestamptz not null,
  state text not null check (state in ('open', 'waitingSecond', 'granted', 'passedOn', 'refused')),
  decision text,
  decided_by uuid,
  decided_at timestamptz,
  tell_after date,
  second text,
  second_by uuid,
  second_at timestamptz,
  check (decided_by <> asked_by),
  check (second_by <> asked_by and second_by <> decided_by)
);
create index requests_case on vault.requests (case_id);
create index requests_waiting on vault.requests (asked_at) where state in ('open', 'waitingSecond');
create index requests_mine on vault.requests (asked_by, asked_at);
grant select, insert on vault.requests to doorstep_app;
grant update (reason, message, state, decision, decided_by, decided_at, tell_after, second, second_by, second_at) on vault.requests to doorstep_app;
-- The petitioner reads that and why at once, or after this day.
alter table vault.openings add column tell_after date;
alter table vault.openings add column request_id uuid references vault.requests;
