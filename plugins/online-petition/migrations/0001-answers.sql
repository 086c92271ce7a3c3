-- What a unit answers before somebody files: a question that is often asked, in both languages. Nothing of who read it.
create table answers (
  id uuid primary key,
  unit_id uuid not null,
  topic text not null,
  question_zh text not null,
  question_en text not null,
  answer_zh text not null,
  answer_en text not null,
  -- where else to turn, and by when; empty: nowhere else
  elsewhere_zh text not null default '',
  elsewhere_en text not null default '',
  time_limit_zh text not null default '',
  time_limit_en text not null default '',
  -- the rule it rests on
  source text not null default '',
  version int not null,
  at timestamptz not null,
  by_person uuid not null,
  ended_at timestamptz
);
create index answers_unit on answers (unit_id) where ended_at is null;
