create table mailboxes (
  unit_id uuid primary key,
  uid_validity bigint not null,
  last_uid bigint not null,
  read_at timestamptz not null
);

create table mails (
  id uuid primary key,
  unit_id uuid not null,
  uid_validity bigint not null,
  uid bigint not null,
  key text not null,
  became text not null check (
    became in ('waiting', 'reply', 'quarantine', 'petition', 'thread', 'bounce', 'autoReply', 'duplicate', 'discarded', 'gone')
  ),
  reason text,
  arrived_at timestamptz not null,
  size int not null,
  file_id uuid,
  card_id uuid,
  answerable boolean not null default false,
  attachment_ids uuid[] not null default '{}',
  attached_at timestamptz,
  reply_to uuid references mails (id) on delete set null,
  case_id uuid,
  case_no text,
  decided_at timestamptz,
  token text unique,
  sender_salt uuid,
  sender_proof text,
  answer text not null default 'none' check (answer in ('none', 'due', 'sending', 'sent', 'givenUp')),
  answer_tries int not null default 0,
  unique (unit_id, uid_validity, uid),
  check (became <> 'quarantine' or reason is not null),
  check (became <> 'discarded' or reason is not null)
);
create unique index mails_key on mails (unit_id, key) where became <> 'duplicate';
create index mails_became on mails (unit_id, became, arrived_at);
create index mails_case on mails (case_id);
