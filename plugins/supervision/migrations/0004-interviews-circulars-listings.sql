-- An interview that a unit was called to: with which of its leaders, by which two, and what was said.
create table interviews (
  id uuid primary key,
  matter_id uuid not null references matters on delete cascade,
  step_id uuid not null unique references steps on delete cascade,
  leader_id uuid not null,
  held_by uuid not null,
  second_by uuid not null check (second_by <> held_by),
  held_on date not null,
  points text not null,
  written_at timestamptz not null
);
create index interviews_matter on interviews (matter_id);

-- What the leader promised, each with its day; a task of the platform reminds him.
create table promised (
  interview_id uuid not null references interviews on delete cascade,
  no int not null,
  words text not null,
  due_on date not null,
  task_id uuid not null,
  primary key (interview_id, no)
);

-- A circular about a matter, to the units of its circle: each confirms that it was read. Of the petition it says nothing.
create table circulars (
  id uuid primary key,
  matter_id uuid not null references matters on delete cascade,
  step_id uuid not null unique references steps on delete cascade,
  unit_id uuid not null,
  title text not null,
  words text not null,
  sent_by uuid not null,
  sent_at timestamptz not null
);
create index circulars_matter on circulars (matter_id);

create table circular_readers (
  circular_id uuid not null references circulars on delete cascade,
  unit_id uuid not null,
  read_by uuid,
  read_at timestamptz,
  primary key (circular_id, unit_id),
  check ((read_by is null) = (read_at is null))
);
create index circular_readers_unit on circular_readers (unit_id);

-- Listed supervision: who is responsible, its letter (D29), and the check without which it does not end.
create table listings (
  step_id uuid primary key references steps on delete cascade,
  matter_id uuid not null references matters on delete cascade,
  leader_id uuid not null,
  notice_id uuid,
  notice_no text,
  noticed_on date,
  notice_back boolean not null default false,
  passed boolean,
  found text,
  checked_by uuid,
  checked_on date,
  check ((passed is null) = (checked_by is null))
);
create index listings_matter on listings (matter_id);
