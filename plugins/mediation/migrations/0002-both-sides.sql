-- The petitioner asks for mediation on the page of his matter, in words that the other side may read.
create table applications (
  id uuid primary key,
  case_id uuid not null,
  -- the unit that holds the petition now and all above
  path uuid[] not null,
  dispute text not null,
  asked_at timestamptz not null,
  told boolean not null default false,
  state text not null default 'open' check (state in ('open', 'taken', 'declined')),
  -- why nothing was offered: read by the petitioner
  answer text
);
create index applications_case on applications (case_id);
create index applications_untold on applications ((path[1])) where not told;
create unique index applications_open on applications (case_id) where state = 'open';

-- Before it begins the petitioner too may wish somebody else to lead it.
alter table mediations add column petitioner_wish boolean not null default false;

-- When and where they meet: both sides read it, nobody reads there what it is about.
create table meetings (
  id uuid primary key,
  mediation_id uuid not null references mediations on delete cascade,
  kind text not null check (kind in ('separate', 'joint')),
  starts_at timestamptz not null,
  place text not null,
  appointment_id uuid not null,
  cancelled boolean not null default false,
  told boolean not null default false
);
create index meetings_mediation on meetings (mediation_id, starts_at);
create index meetings_untold on meetings (mediation_id) where not told;

-- What a unit writes of its mediators; whoever holds the role and is not here may mediate all the same.
create table mediators (
  person_id uuid primary key,
  -- the unit that writes it and all above
  path uuid[] not null,
  tiers int[] not null,
  languages text not null,
  topics text not null,
  trained_on date,
  -- of three years [SPEC §9]
  term_until date
);

-- How each side found it: of the mediator a mean is read from five on.
create table ratings (
  mediation_id uuid not null references mediations on delete cascade,
  side text not null check (side in ('petitioner', 'other')),
  score int not null check (score between 1 and 5),
  primary key (mediation_id, side)
);
