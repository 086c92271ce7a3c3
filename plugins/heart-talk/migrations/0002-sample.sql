-- Twice a year some of a larger unit are drawn by chance, whom nobody would otherwise choose.
alter table circle add column drawn boolean not null default false;

-- One draw a half-year for each who draws; who was drawn stands in his list.
create table samples (
  unit_id uuid not null,
  talker_id uuid not null,
  -- the first day of the half-year
  half date not null,
  drawn_at timestamptz not null,
  -- out of how many, and how many
  people int not null,
  drawn int not null,
  primary key (unit_id, talker_id, half)
);
