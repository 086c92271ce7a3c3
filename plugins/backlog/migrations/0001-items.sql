-- A petition that the platform counts as backlog, or that was struck off it: one that is not closed at a time.
create table items (
  id uuid primary key,
  case_id uuid not null,
  -- the unit that holds the petition and all above it
  path uuid[] not null,
  -- every unit that has held it since: none of them, and nobody in its line, checks what was done
  handled uuid[] not null,
  entered_at timestamptz not null,
  -- why the platform counts it
  reasons text[] not null default '{}',
  -- the platform counts it no more; it is struck off all the same only after a check
  left_at timestamptz,
  state text not null check (state in ('open', 'checking', 'checked', 'struck', 'closed')),
  cause text check (cause in ('facts', 'policyGap', 'shifting', 'money', 'emotion', 'unrealistic')),
  class text check (class in ('solve', 'explain', 'help', 'byLaw')),
  measures text not null default '',
  leader_id uuid,
  check_unit uuid,
  how text check (how in ('solved', 'reasoned')),
  struck_words text not null default '',
  struck_by uuid,
  look_on date,
  look_words text not null default ''
);
create unique index items_open on items (case_id) where state <> 'closed';
create index items_case on items (case_id, entered_at);
create index items_path on items using gin (path);
create index items_check on items (check_unit) where state = 'checking';

create table reviews (
  id uuid primary key,
  item_id uuid not null references items on delete cascade,
  words text not null,
  written_by uuid not null,
  written_at timestamptz not null
);
create index reviews_item on reviews (item_id, written_at);

-- What a third unit found when it asked the petitioner itself.
create table checks (
  id uuid primary key,
  item_id uuid not null references items on delete cascade,
  unit_id uuid not null,
  interviewed_on date not null,
  kept boolean not null,
  ok boolean not null,
  words text not null,
  written_by uuid not null,
  written_at timestamptz not null
);
create index checks_item on checks (item_id, written_at);
