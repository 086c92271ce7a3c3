-- Whom a talk officer talks with again and again.
create table circle (
  unit_id uuid not null,
  talker_id uuid not null,
  person_id uuid not null,
  pace text not null check (pace in ('near', 'further')),
  since date not null,
  last_held_on date,
  primary key (talker_id, person_id)
);

-- One talk between two people, from the offer to what both agree on. Nobody else reads it.
create table talks (
  id uuid primary key,
  unit_id uuid not null,
  person_id uuid not null,
  talker_id uuid not null check (talker_id <> person_id),
  occasion text not null,
  asked_by_person boolean not null,
  state text not null check (state in ('asked', 'offered', 'fixed', 'held', 'settled', 'declined', 'dropped')),
  due_on date not null,
  -- what the person would like to talk about, if he says so
  wish text not null default '',
  starts_at timestamptz,
  place text not null default '',
  by_phone boolean not null default false,
  held_on date,
  needs text[] not null default '{}',
  -- counts the wordings of the note: one agrees on a wording, not on whatever stands there
  note_no int not null default 0,
  talker_agrees boolean not null default false,
  person_agrees boolean not null default false,
  changed_at timestamptz not null
);
create index talks_person on talks (person_id);
create index talks_talker on talks (talker_id);
create index talks_unit on talks (unit_id, state);
-- one open talk between two people at a time
create unique index talks_open on talks (talker_id, person_id) where state in ('asked', 'offered', 'fixed');

-- What the talker promises, with its day; part of the note.
create table promises (
  id uuid primary key,
  talk_id uuid not null,
  no int not null,
  words text not null,
  due_on date not null,
  state text not null check (state in ('open', 'done', 'kept')),
  task_id uuid,
  -- counts how often it was said to be done and was not
  returned int not null default 0
);
create index promises_talk on promises (talk_id, no);
