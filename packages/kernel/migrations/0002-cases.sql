-- The case and everything that is written in the same statement with it.
create table kernel.cases (
  id uuid primary key,
  case_no text not null unique,
  intake_unit_id uuid not null references kernel.units,
  holder_unit_id uuid not null references kernel.units,
  -- the discipline organ (an office) that alone sees a C3 case
  organ_id uuid references kernel.offices,
  status text not null,
  level text not null default 'handle',
  flags text[] not null default '{}',
  channel text not null,
  channel_label_zh text not null,
  channel_label_en text not null,
  track text not null,
  category text,
  sub_route smallint,
  purpose text not null,
  severity text not null default 'ordinary',
  urgent_safety boolean not null default false,
  confidentiality smallint not null check (confidentiality between 1 and 3),
  anonymity text not null,
  headcount int not null default 1,
  title text not null,
  body text not null,
  already_tried text not null default '',
  desired_outcome text not null default '',
  locale text not null default 'zh-CN',
  pack text not null,
  pack_version text not null,
  calendar text not null,
  handler_id uuid references kernel.people,
  heard_on date,
  -- the unit whose reply is or was under review
  handling_unit_id uuid references kernel.units,
  hops smallint not null default 0,
  imported boolean not null default false,
  received_at timestamptz not null,
  entered_at timestamptz not null,
  -- who asked for the last reply, so that the desk can mark what is new
  petitioner_wrote_at timestamptz,
  return_tag bytea unique,
  version int not null,
  ledger_seq int not null,
  ledger_hash bytea not null
) with (fillfactor = 85);
create index cases_holder on kernel.cases (holder_unit_id, status);

create table kernel.demands (
  id uuid primary key,
  case_id uuid not null references kernel.cases,
  no smallint not null,
  text text not null,
  desired_outcome text not null default '',
  outcome text,
  facts text,
  opinion text,
  basis text,
  steps text,
  unique (case_id, no)
);

create table kernel.respondents (
  id uuid primary key,
  case_id uuid not null references kernel.cases,
  kind text not null check (kind in ('person', 'unit', 'words')),
  person_id uuid references kernel.people,
  unit_id uuid references kernel.units,
  label text not null default ''
);
create index respondents_case on kernel.respondents (case_id);

create table kernel.recusals (
  person_id uuid not null references kernel.people,
  case_id uuid not null references kernel.cases,
  source text not null check (source in ('self', 'petitioner', 'computed')),
  state text not null check (state in ('asked', 'granted', 'refused')),
  reason text not null default '',
  decided_by uuid,
  at timestamptz not null,
  primary key (person_id, case_id)
);
create index recusals_case on kernel.recusals (case_id);

create table kernel.case_topics (
  case_id uuid not null references kernel.cases,
  topic_id uuid not null references kernel.topics,
  primary key (case_id, topic_id)
);

create table kernel.legs (
  id uuid primary key,
  case_id uuid not null references kernel.cases,
  no smallint not null,
  from_unit_id uuid not null references kernel.units,
  to_unit_id uuid not null references kernel.units,
  kind text not null,
  reason text not null,
  legal_ground text not null default '',
  due_on date,
  sent_at timestamptz not null,
  sent_by uuid,
  unique (case_id, no)
);

create table kernel.clocks (
  id uuid primary key,
  case_id uuid not null references kernel.cases,
  code text not null,
  state text not null check (state in ('running', 'paused', 'stopped', 'breached')),
  started_at timestamptz not null,
  start_on date not null,
  amount int not null,
  unit text not null,
  extension int not null default 0,
  excluded jsonb not null default '[]',
  paused_on date,
  due_on date not null,
  due_at timestamptz not null,
  next_at timestamptz,
  signal smallint not null default 0,
  stopped_at timestamptz,
  breached_at timestamptz,
  calendar text not null,
  provisional boolean not null default false,
  explain jsonb not null
) with (fillfactor = 85);
create index clocks_next on kernel.clocks (next_at) where next_at is not null;
create index clocks_case on kernel.clocks (case_id);

create table kernel.notices (
  id uuid primary key,
  case_id uuid not null references kernel.cases,
  code text not null,
  version int not null default 1,
  state text not null check (state in ('draft', 'submitted', 'sealed', 'sent', 'delivered')),
  facts jsonb not null,
  hash bytea,
  number text,
  issuer_unit_id uuid references kernel.units,
  drafted_by uuid,
  approved_by uuid,
  created_at timestamptz not null,
  submitted_at timestamptz,
  sealed_at timestamptz,
  sent_at timestamptz,
  delivered_on date,
  method text,
  proof text not null default '',
  sent_back_reason text
);
create index notices_case on kernel.notices (case_id);
create index notices_submitted on kernel.notices (submitted_at) where state = 'submitted';
create table kernel.notice_numbers (unit_id uuid not null, year int not null, last int not null, primary key (unit_id, year));

create table kernel.messages (
  id uuid primary key,
  case_id uuid not null references kernel.cases,
  at timestamptz not null,
  author text not null check (author in ('petitioner', 'office', 'system')),
  author_id uuid,
  unit_id uuid,
  visibility text not null check (visibility in ('petitioner', 'internal')),
  text text not null,
  read_at timestamptz
);
create index messages_case on kernel.messages (case_id, at);

create table kernel.files (
  id uuid primary key,
  case_id uuid references kernel.cases,
  message_id uuid references kernel.messages,
  name text not null,
  type text not null,
  size bigint not null,
  sha256 bytea not null,
  storage_key text not null,
  kek text not null,
  dek bytea not null,
  scanned boolean not null default false,
  uploaded_at timestamptz not null,
  visibility text not null default 'petitioner'
);
create index files_case on kernel.files (case_id) where case_id is not null;
create index files_unclaimed on kernel.files (uploaded_at) where case_id is null;

-- Who acted in what part: nobody decides the same case twice.
create table kernel.case_actors (
  case_id uuid not null references kernel.cases,
  person_id uuid not null references kernel.people,
  part text not null check (part in ('handler', 'drafter', 'signer', 'reviewer')),
  level text not null,
  at timestamptz not null,
  primary key (case_id, person_id, part, level)
);

create table kernel.reviews (
  id uuid primary key,
  case_id uuid not null references kernel.cases,
  level text not null,
  requested_at timestamptz not null,
  grounds text not null,
  text text not null,
  late_because text not null default '',
  body_unit_id uuid not null references kernel.units,
  of_unit_id uuid not null references kernel.units,
  outcome text,
  facts text,
  opinion text,
  basis text,
  redo_due_on date,
  decided_by uuid,
  decided_at timestamptz
);
create index reviews_case on kernel.reviews (case_id);

create table kernel.ratings (
  case_id uuid not null references kernel.cases,
  target text not null check (target in ('office', 'unit')),
  unit_id uuid not null references kernel.units,
  result text not null,
  attitude text,
  comment text not null default '',
  at timestamptz not null,
  primary key (case_id, target)
);

create table kernel.party_links (
  id uuid primary key,
  case_id uuid not null references kernel.cases,
  role text not null,
  kek text not null,
  sealed bytea not null,
  person_tag bytea
);
create index party_links_case on kernel.party_links (case_id);
create index party_links_tag on kernel.party_links (person_tag);

create table vault.persons (id uuid primary key, kek text not null, dek bytea not null, ct bytea not null);
create table vault.tags (
  kind text not null, tag bytea not null, person_id uuid not null references vault.persons,
  primary key (kind, tag, person_id)
);
create table vault.openings (
  id uuid primary key, case_id uuid not null, at timestamptz not null, by_person uuid not null, purpose text not null
);
create index openings_case on vault.openings (case_id);

-- One row per (case, whoever may see it). A key is the id of a unit, of a discipline organ, or a person's pseudonym.
create table kernel.case_audience (
  key uuid not null,
  case_id uuid not null,
  due date not null,
  received timestamptz not null,
  depth smallint not null,
  conf smallint not null,
  status text not null,
  open boolean not null,
  category text,
  channel text not null,
  holder uuid not null,
  primary key (key, case_id)
) with (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);
create index audience_open on kernel.case_audience (key, due, case_id)
  include (conf, status, category, channel, depth, holder) where open;
create index audience_all on kernel.case_audience (key, received desc, case_id desc)
  include (conf, status, category, channel, depth, holder, open);
create index audience_case on kernel.case_audience (case_id);
alter table kernel.case_audience alter column key set statistics 500;

-- Never holds C3 text.
create table kernel.case_text (
  case_id uuid primary key references kernel.cases,
  aud uuid[] not null,
  conf smallint not null,
  received timestamptz not null,
  tsv tsvector not null
);
create index case_text_search on kernel.case_text using gin (aud, tsv) with (fastupdate = off);
create index case_text_received on kernel.case_text (received desc, case_id desc);

create table kernel.case_imports (
  source text not null,
  source_key text not null,
  case_id uuid not null references kernel.cases,
  content_hash bytea not null,
  stated jsonb not null,
  primary key (source, source_key)
);
create index case_imports_case on kernel.case_imports (case_id);

create table kernel.command_log (
  actor text not null,
  key text not null,
  command text not null,
  input_hash bytea not null,
  result jsonb not null,
  at timestamptz not null,
  primary key (actor, key)
);
create index command_log_at on kernel.command_log (at);

create table kernel.epochs (epoch smallint primary key, system_identifier text not null, opened_at timestamptz not null);

create table kernel.ledger (
  stream uuid not null,
  seq int not null,
  at timestamptz not null,
  epoch smallint not null default 1,
  xid xid8 not null default pg_current_xact_id(),
  type text not null,
  actor text not null,
  body text not null,
  prev bytea not null,
  hash bytea not null,
  primary key (stream, seq, at)
) partition by range (at);
create index ledger_commit on kernel.ledger (epoch, xid, stream, seq);
create index ledger_type on kernel.ledger (type, at);
create trigger append_only before update or delete on kernel.ledger
  for each row execute function kernel.refuse_change();

-- Chains of what is not a case: units, people, modules, access.
create table kernel.ledger_heads (stream uuid primary key, seq int not null, hash bytea not null);
create table kernel.ledger_private (
  stream uuid not null, seq int not null, field text not null, salt bytea not null, ct bytea not null,
  primary key (stream, seq, field)
);
create table kernel.seals (
  no int primary key,
  at timestamptz not null,
  epoch smallint not null,
  xid_from xid8 not null,
  xid_to xid8 not null,
  entries int not null,
  root bytea not null,
  prev bytea not null,
  hash bytea not null,
  key_id text not null,
  signature bytea not null
);
create trigger append_only before update or delete on kernel.seals
  for each row execute function kernel.refuse_change();

create table kernel.outbox (
  id uuid not null,
  at timestamptz not null,
  epoch smallint not null default 1,
  xid xid8 not null default pg_current_xact_id(),
  case_id uuid not null,
  seq int not null,
  unit_id uuid not null,
  type text not null,
  payload jsonb not null,
  primary key (id, at)
) partition by range (at);
create index outbox_commit on kernel.outbox (epoch, xid, id);
create table kernel.consumers (
  name text primary key, epoch smallint not null, xid xid8 not null, id uuid not null,
  lease_owner text, lease_until timestamptz
);
create table kernel.parked (
  consumer text not null, event_id uuid not null, case_id uuid not null, attempts int not null, error text,
  retry_at timestamptz, primary key (consumer, event_id)
);

-- Partitions by month, made ahead; no default one: a missing partition must be a loud error, found early.
create function kernel.ensure_partitions(from_on date, until_on date) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare m date := date_trunc('month', from_on); parent text; part text;
begin
  while m <= until_on loop
    foreach parent in array array['ledger', 'outbox'] loop
      part := format('%s_%s', parent, to_char(m, 'YYYY_MM'));
      if to_regclass('kernel.' || part) is null then
        execute format('create table if not exists kernel.%I partition of kernel.%I for values from (%L) to (%L)',
          part, parent, m::timestamp at time zone 'UTC', (m + interval '1 month')::timestamp at time zone 'UTC');
        -- a trigger of the parent does not fire when a partition itself is truncated
        if parent = 'ledger' then
          execute format('create trigger no_truncate before truncate on kernel.%I for each statement execute function kernel.refuse_change()', part);
        end if;
      end if;
    end loop;
    m := (m + interval '1 month')::date;
  end loop;
end $$;
revoke all on function kernel.ensure_partitions(date, date) from public;
grant execute on function kernel.ensure_partitions(date, date) to doorstep_app;

grant select, insert, update on kernel.cases, kernel.demands, kernel.recusals, kernel.clocks, kernel.notices,
  kernel.notice_numbers, kernel.messages, kernel.files, kernel.reviews, kernel.ratings, kernel.case_text,
  kernel.consumers, kernel.parked, kernel.ledger_heads to doorstep_app;
grant select, insert on kernel.respondents, kernel.legs, kernel.case_actors, kernel.party_links, kernel.case_imports,
  kernel.command_log, kernel.ledger, kernel.ledger_private, kernel.seals, kernel.outbox, kernel.epochs to doorstep_app;
grant select, insert, update, delete on kernel.case_audience, kernel.case_topics to doorstep_app;
grant delete on kernel.command_log, kernel.files, kernel.parked to doorstep_app;
grant select, insert, update on vault.persons, vault.tags to doorstep_app;
grant select, insert on vault.openings to doorstep_app;

-- Second fence: what a person reads through the reader's role passes the same predicate again.
alter table kernel.cases enable row level security;
create policy app_all on kernel.cases to doorstep_app using (true) with check (true);
create policy fence on kernel.cases for select to doorstep_reader using (
  (select true from kernel.case_audience a
    where a.case_id = cases.id and a.key = any ((select kernel.scope_keys())::uuid[]) limit 1)
  and (select 1 from kernel.recusals r
    where r.person_id = (select kernel.scope_me()) and r.case_id = cases.id and r.state <> 'refused') is null);
grant select on kernel.cases, kernel.case_audience, kernel.recusals, kernel.clocks, kernel.case_text, kernel.demands,
  kernel.messages, kernel.notices, kernel.files, kernel.respondents, kernel.legs, kernel.reviews, kernel.case_topics,
  kernel.case_imports, kernel.case_actors to doorstep_reader;
