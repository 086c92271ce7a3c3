-- A legal hold of a letter between units that belongs to no petition: asked by one person, set or lifted by another.
alter table kernel.unit_letters
  add column held boolean not null default false,
  -- what waits for the second person
  add column hold_asked text check (hold_asked in ('hold', 'lift')),
  add column hold_by uuid references kernel.people,
  add column hold_at timestamptz,
  add column hold_reason text not null default '',
  add constraint unit_letters_hold check (num_nulls(hold_asked, hold_by, hold_at) in (0, 3) and (case_id is null or not held));
