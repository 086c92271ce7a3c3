-- Hearings beside petitions: asked for by the petitioner or called by the unit itself.
create table hearings (
  id uuid primary key,
  case_id uuid not null,
  -- the unit that conducts it now and all above
  path uuid[] not null,
  state text not null check (state in ('applied', 'withdrawn', 'refused', 'called', 'off', 'lapsed', 'heard', 'concluded', 'closed')),
  asked_by text not null check (asked_by in ('petitioner', 'unit')),
  asked_at timestamptz not null,
  -- in the petitioner's words: why he wishes it
  wish text,
  -- whether the officers were told of the application
  told boolean not null default false,
  ground text check (ground in ('major', 'complex', 'hard', 'applied')),
  -- in words for the notice: never the petition's own
  subject text,
  hearing_on date,
  starts_at text,
  place text,
  open boolean,
  attendants text,
  called_at timestamptz,
  called_by uuid,
  notice_id uuid,
  notice_no text,
  noticed_on date,
  notice_back boolean not null default false,
  record text,
  recorded_by uuid,
  conclusion text,
  votes_for int,
  votes_against int,
  concluded_on date,
  -- why it was refused or called off
  reason text
);
create index hearings_case on hearings (case_id);
create index hearings_path on hearings using gin (path);
-- one at a time at a petition
create unique index hearings_open on hearings (case_id) where state in ('applied', 'called', 'heard', 'concluded');

-- The panel: everybody on it was checked by the kernel when the hearing was called.
create table seats (
  hearing_id uuid not null references hearings on delete cascade,
  person_id uuid not null,
  name text not null,
  chair boolean not null,
  -- stands out since somebody asked for it
  left_panel boolean not null default false,
  vote text check (vote in ('for', 'against')),
  primary key (hearing_id, person_id)
);
create index seats_person on seats (person_id);

create table recusals (
  id uuid primary key,
  hearing_id uuid not null references hearings on delete cascade,
  person_id uuid not null,
  why text not null,
  asked_at timestamptz not null,
  told boolean not null default false,
  granted boolean,
  reason text,
  decided_by uuid
);
create index recusals_hearing on recusals (hearing_id, asked_at);

-- Who was there, and how each stands to the record. The signature itself lies encrypted among the working files.
create table attendants (
  id uuid primary key,
  hearing_id uuid not null references hearings on delete cascade,
  kind text not null check (kind in ('petitioner', 'panel', 'other')),
  person_id uuid,
  -- in which part, such as a witness: no name
  part text,
  no int not null,
  signed_at timestamptz,
  correction text,
  file_id uuid,
  -- why there is no signature
  declined text
);
create index attendants_hearing on attendants (hearing_id, no);
