-- A matter that local offices decide: who stays with it until the petitioner has reached them. One open at a petition.
create table affairs (
  id uuid primary key,
  case_id uuid not null,
  -- the unit that holds the petition and all above
  path uuid[] not null,
  helper_id uuid not null,
  state text not null check (state in ('open', 'confirmed', 'notWanted')),
  opened_at timestamptz not null,
  -- by when the petitioner hears next, and how often that was asked for
  next_on date not null,
  round int not null default 1,
  task_id uuid
);
create unique index affairs_open on affairs (case_id) where state = 'open';
create index affairs_case on affairs (case_id);
create index affairs_path on affairs using gin (path);
create index affairs_task on affairs (task_id);

-- Letters to local offices: sent once somebody else has signed.
create table letters (
  id uuid primary key,
  affair_id uuid not null references affairs on delete cascade,
  office text not null,
  facts text not null,
  request text not null,
  wished_on date,
  -- on this day the petitioner agreed that the unit writes there
  agreed_on date not null,
  state text not null check (state in ('waiting', 'sentBack', 'sent', 'answered')),
  notice_id uuid,
  written_at timestamptz not null,
  number text,
  sent_on date,
  answer text,
  answered_on date
);
create index letters_affair on letters (affair_id, written_at);
create unique index letters_unsigned on letters (affair_id) where state in ('waiting', 'sentBack');

-- What the petitioner was told, week after week.
create table words (
  id uuid primary key,
  affair_id uuid not null references affairs on delete cascade,
  said text not null,
  said_by uuid not null,
  said_at timestamptz not null
);
create index words_affair on words (affair_id, said_at);
