create table letters (
  id uuid primary key,
  unit_id uuid not null,
  year int not null,
  no int not null,
  received_on date not null,
  posted_on date,
  created_at timestamptz not null,
  filed_at timestamptz,
  case_id uuid,
  unique (unit_id, year, no),
  check (posted_on is null or posted_on <= received_on),
  check (case_id is null or filed_at is not null)
);
create index letters_case on letters (case_id);

create table pages (
  id uuid primary key,
  letter_id uuid not null references letters (id) on delete cascade,
  no int not null,
  kind text not null check (kind in ('envelope', 'letter', 'enclosure')),
  type text not null,
  size int not null check (size > 0),
  parts uuid[] not null default '{}',
  attachment_id uuid,
  attached_at timestamptz,
  unique (letter_id, no)
);

create table postings (
  id uuid primary key,
  case_id uuid not null,
  unit_id uuid not null,
  posted_on date not null,
  tracking text not null,
  at timestamptz not null
);
create index postings_case on postings (case_id, at);
