-- Who was at a unit when one of its talk officers last looked: whoever comes later is new and is offered a first talk.
create table known_people (
  unit_id uuid not null,
  person_id uuid not null,
  -- null: was there at the first look already
  since date,
  primary key (unit_id, person_id)
);
