-- A leader to whom people can write, as it was made public.
create table mailboxes (
  id uuid primary key,
  unit_id uuid not null,
  -- the unit and all above it, the nearest first: the second is told of what goes unread
  path uuid[] not null,
  leader_id uuid not null,
  leader text not null,
  post text not null,
  portfolio text not null,
  -- who reads in his place
  deputy_id uuid,
  opened_at timestamptz not null,
  closed_at timestamptz
);
create index mailboxes_unit on mailboxes (unit_id);
-- a leader has one at a unit, however many press at once
create unique index mailboxes_open on mailboxes (unit_id, leader_id) where closed_at is null;

-- What was delivered. No accusation and nothing about the leader himself stands here.
create table letters (
  id uuid primary key,
  mailbox_id uuid not null references mailboxes,
  case_id uuid not null unique,
  -- as it was written, encrypted among the module's files; nobody can change it
  words_file uuid,
  locale text not null check (locale in ('zh-CN', 'en')),
  anonymous boolean not null,
  delivered_at timestamptz not null,
  due_on date,
  read_at timestamptz,
  read_by uuid,
  -- whoever wrote it was told that it was read
  told_at timestamptz
);
create index letters_mailbox on letters (mailbox_id, delivered_at);
create index letters_unread on letters (mailbox_id) where read_at is null;
