-- What somebody put into the box. Its words, and who wrote them, lie encrypted among the module's files.
create table suggestions (
  id uuid primary key,
  unit_id uuid not null,
  -- the unit and all above it: whoever sorts there sees it
  path uuid[] not null,
  -- pressed twice writes one
  key uuid not null unique,
  -- what opens it for whoever wrote it, with or without an account
  code_hash bytea not null unique,
  state text not null check (state in ('new', 'shown', 'filed', 'answered', 'passedOn')),
  words_file uuid,
  may_show boolean not null,
  -- as it stands on the board, with the consent of whoever wrote it
  board_title text,
  board_text text,
  supports int not null default 0,
  -- with which it is filed: one petition of several suggestions
  lead_id uuid,
  case_id uuid,
  -- the return code of its petition, until whoever wrote it has written it down
  code_file uuid,
  at timestamptz not null,
  ended_at timestamptz
);
create index suggestions_unit on suggestions (unit_id, state);
create index suggestions_case on suggestions (case_id);

-- Who supports what, so that nobody counts twice; cut when it is answered or leaves the board.
create table supports (
  suggestion_id uuid not null references suggestions on delete cascade,
  account_id uuid not null,
  primary key (suggestion_id, account_id)
);

-- What came of it, for all to read where whoever wrote it agrees.
create table answers (
  id uuid primary key,
  case_id uuid not null unique,
  unit_id uuid not null,
  title text not null,
  outcome text not null check (outcome in ('adopted', 'partly', 'not')),
  words text not null,
  -- whether it stands on the board, or is only for those who wrote it
  open boolean not null,
  credits text[] not null default '{}',
  supports int not null,
  answered_at timestamptz not null
);
create index answers_unit on answers (unit_id, answered_at);
