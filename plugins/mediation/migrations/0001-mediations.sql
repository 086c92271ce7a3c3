-- Mediations beside petitions. The other side has no name here: he answers by a code of which only a hash is kept.
create table mediations (
  id uuid primary key,
  case_id uuid not null,
  -- the unit that holds the petition now and all above
  path uuid[] not null,
  tier int not null check (tier between 1 and 4),
  -- in words that both sides and the mediator may read: never the petition's own
  dispute text not null,
  mediator_id uuid not null,
  mediator_name text not null,
  code_hash bytea not null unique,
  other_answer text not null default 'asked' check (other_answer in ('asked', 'yes', 'no', 'otherMediator', 'withdrawn')),
  -- he has taken his consent back while it ran
  petitioner_left boolean not null default false,
  -- whether the handler was told of that answer
  told boolean not null default true,
  state text not null check (state in ('offered', 'running', 'settled', 'kept', 'broken', 'ended')),
  offered_by uuid not null,
  offered_at timestamptz not null,
  until_on date,
  ended_because text check (ended_because in ('noAgreement', 'consentRevoked', 'escalation', 'otherWay')),
  remedies text,
  terms text,
  perform_on date,
  settled_on date
);
create index mediations_case on mediations (case_id);
create index mediations_path on mediations using gin (path);
create index mediations_mediator on mediations (mediator_id);
-- one at a time at a petition
create unique index mediations_open on mediations (case_id) where state in ('offered', 'running');

-- What the mediator notes: his own, and read by nobody else.
create table talks (
  id uuid primary key,
  mediation_id uuid not null references mediations on delete cascade,
  kind text not null check (kind in ('separate', 'joint', 'proposal')),
  held_on date not null,
  words text not null,
  written_at timestamptz not null
);
create index talks_mediation on talks (mediation_id, held_on, written_at);

-- Whether what was agreed on is kept: asked some days after.
create table visits (
  id uuid primary key,
  mediation_id uuid not null references mediations on delete cascade,
  due_on date not null,
  round int not null default 1,
  task_id uuid,
  kept boolean,
  words text,
  answered_by uuid,
  answered_at timestamptz
);
create index visits_mediation on visits (mediation_id, due_on);
create index visits_task on visits (task_id);
