-- What modules ask of a petitioner: he says yes or no, and may take a yes back at any time.

create table kernel.consents (
  id uuid primary key,
  case_id uuid not null references kernel.cases,
  plugin_id text not null,
  code text not null,
  title_zh text not null,
  title_en text not null,
  -- what is asked, in both languages as one JSON object; sealed with the words of a case under an organ
  words text not null,
  state text not null check (state in ('asked', 'given', 'refused', 'withdrawn', 'dropped')),
  asked_by uuid references kernel.people,
  asked_at timestamptz not null,
  answered_at timestamptz
);
create unique index consents_stand on kernel.consents (case_id, plugin_id, code) where state in ('asked', 'given');
create index consents_case on kernel.consents (case_id);
grant select, insert, update on kernel.consents to doorstep_app;
