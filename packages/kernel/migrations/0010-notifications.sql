-- Who was told of what, what is on its way by another road, what has just changed, and who has a case open.

-- Told as staff the recipient is the person; told as petitioner it is the pseudonym of the case's audience, so that this
-- table links nobody to his petition. Never a title or a text: those are asked for when it is read.
create table kernel.notifications (
  id uuid primary key,
  recipient uuid not null,
  side text not null check (side in ('staff', 'petitioner')),
  kind text not null,
  case_id uuid references kernel.cases,
  params jsonb not null default '{}',
  -- the event or paging it comes from: the same one tells nobody twice
  key text not null,
  must_acknowledge boolean not null default false,
  -- false: wanted by mail alone
  in_portal boolean not null default true,
  at timestamptz not null,
  read_at timestamptz,
  acknowledged_at timestamptz,
  unique (recipient, key)
);
create index notifications_list on kernel.notifications (recipient, at desc, id desc) where in_portal;
create index notifications_unread on kernel.notifications (recipient) where in_portal and read_at is null;
create index notifications_key on kernel.notifications (key) where must_acknowledge;
create index notifications_at on kernel.notifications (at);

create table kernel.notification_settings (
  recipient uuid primary key,
  portal_off text[] not null default '{}',
  mail text not null default 'off' check (mail in ('off', 'atOnce', 'daily')),
  mail_off text[] not null default '{}',
  locale text not null default 'zh-CN'
);

-- What a transport of a module owes; kept until it was handed over or given up, so that a dead server loses nothing.
create table kernel.notification_deliveries (
  notification_id uuid primary key references kernel.notifications on delete cascade,
  recipient uuid not null,
  -- the unit whose modules and hours count
  unit_id uuid not null references kernel.units,
  state text not null default 'pending' check (state in ('pending', 'sent', 'dropped', 'parked')),
  attempts int not null default 0,
  next_at timestamptz,
  at timestamptz not null,
  done_at timestamptz,
  -- a code, never an address or an answer of the server
  error text
);
create index notification_deliveries_due on kernel.notification_deliveries (next_at) where state = 'pending';
create index notification_deliveries_recipient on kernel.notification_deliveries (recipient) where state = 'pending';
create index notification_deliveries_parked on kernel.notification_deliveries (unit_id) where state = 'parked';

-- Where staff is reached outside the portal; a petitioner's address stays in the vault.
alter table kernel.people add column mail text;

-- What has just changed, a batch a row, for open screens: kept for an hour so that a broken connection can go on.
create table kernel.live (
  no bigint generated always as identity primary key,
  at timestamptz not null,
  what jsonb not null
);
create index live_at on kernel.live (at);

-- Numbers in the order of commits: who has read up to one has missed none before it.
create function kernel.tell_live(at_ timestamptz, what_ jsonb) returns bigint language plpgsql as $$
declare made bigint;
begin
  perform pg_advisory_xact_lock(1685024626, 10);
  insert into kernel.live (at, what) values (at_, what_) returning no into made;
  perform pg_notify('doorstep_live', made::text);
  return made;
end $$;

-- Worth nothing after a crash.
create unlogged table kernel.presence (
  case_id uuid not null,
  person_id uuid not null,
  -- one browser tab
  tab uuid not null,
  editing boolean not null,
  until timestamptz not null,
  primary key (case_id, person_id, tab)
);
create index presence_until on kernel.presence (until);

grant select, insert, update, delete on kernel.notifications, kernel.notification_settings,
  kernel.notification_deliveries, kernel.live, kernel.presence to doorstep_app;
grant execute on function kernel.tell_live(timestamptz, jsonb) to doorstep_app;
