-- A text that waits for signatures. The words, and who began it, lie encrypted among the module's files until it is filed.
create table drafts (
  id uuid primary key,
  unit_id uuid not null,
  -- pressed twice begins one
  key uuid not null unique,
  -- for his own list; cut when it is filed
  starter_id uuid,
  words_file uuid,
  -- what opens it for those who sign, and for those who are asked to speak for all
  sign_hash bytea not null unique,
  speak_hash bytea not null unique,
  state text not null check (state in ('open', 'filing', 'filed')),
  -- under which it is filed, however often that is pressed; cut when it is filed
  file_key uuid,
  closes_on date not null,
  signed int not null default 0
);
create index drafts_starter on drafts (starter_id);
create index drafts_closing on drafts (closes_on);

-- One signature, until the petition is filed. Who it is lies encrypted among the module's files.
create table signatures (
  id uuid primary key,
  draft_id uuid not null references drafts on delete cascade,
  key uuid not null unique,
  code_hash bytea not null unique,
  account_id uuid,
  represents boolean not null,
  -- a representative says that it may be filed
  agreed boolean not null default false,
  who_file uuid not null,
  unique (draft_id, account_id)
);
create index signatures_account on signatures (account_id);
