-- What is being filed: should the server stop before it lies in the mailbox, it is put there all the same. Never of an accusation.
create table underway (
  key uuid primary key,
  mailbox_id uuid not null references mailboxes,
  words_file uuid not null,
  locale text not null check (locale in ('zh-CN', 'en')),
  anonymous boolean not null,
  at timestamptz not null
);
create index underway_at on underway (at);
