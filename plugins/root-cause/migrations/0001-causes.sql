-- What lies behind several petitions or a warning: of a unit and a matter, never of a person.
create table causes (
  id uuid primary key,
  -- the unit that works on it, and with all above it
  unit_id uuid not null,
  path uuid[] not null,
  title text not null,
  kind text not null,
  -- which petitions are to become fewer
  subject text not null,
  origin text not null,
  -- a petition, a warning, a supervised matter or another unit's question
  origin_id uuid,
  state text not null check (state in ('open', 'fixing', 'checking', 'judging', 'closed', 'dropped')),
  round int not null default 1 check (round > 0),
  opened_by uuid not null,
  opened_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  end_words text not null default ''
);
create index causes_path on causes using gin (path);
create index causes_unit on causes (unit_id, state);
-- What was handed over once leads to the same cause again.
create unique index causes_origin on causes (unit_id, origin, origin_id) where origin_id is not null and origin <> 'case';

-- One round: what was found, what is done, by whom and when, and what the figures said. A round is never written anew.
create table rounds (
  cause_id uuid not null references causes on delete cascade,
  no int not null,
  cause_words text not null,
  fix_words text not null,
  owner_unit uuid not null,
  -- null: whoever heads the work at that unit
  owner_id uuid,
  due_on date not null,
  decided_by uuid not null,
  decided_at timestamptz not null,
  -- local date, so that months are compared as the unit has them
  decided_on date not null,
  task_id uuid,
  reminded_on date,
  done_on date,
  done_words text,
  done_by uuid,
  done_at timestamptz,
  verdict text check (verdict in ('fell', 'notFell', 'unclear')),
  figures jsonb,
  verified_at timestamptz,
  judged_by uuid,
  judged_words text,
  primary key (cause_id, no),
  check ((verdict is null) = (figures is null))
);
create index rounds_owner on rounds (owner_unit) where done_on is null;

create table steps (
  id uuid primary key,
  cause_id uuid not null references causes on delete cascade,
  round_no int not null,
  what text not null,
  due_on date not null,
  done_on date,
  done_words text not null default ''
);
create index steps_cause on steps (cause_id, round_no, due_on);

create table links (
  cause_id uuid not null references causes on delete cascade,
  case_id uuid not null,
  -- where the petition was held when it was linked
  unit_id uuid not null,
  linked_on date not null,
  linked_by uuid not null,
  linked_at timestamptz not null,
  primary key (cause_id, case_id)
);
create index links_case on links (case_id, linked_at);

-- The same question asked of another unit.
create table asks (
  id uuid primary key,
  cause_id uuid not null references causes on delete cascade,
  unit_id uuid not null,
  due_on date not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  task_id uuid,
  reminded_on date,
  found boolean,
  words text,
  answered_by uuid,
  answered_at timestamptz,
  unique (cause_id, unit_id),
  check ((found is null) = (answered_at is null))
);
create index asks_unit on asks (unit_id) where answered_at is null;
