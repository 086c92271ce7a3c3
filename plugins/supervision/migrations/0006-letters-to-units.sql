-- Which unit asked: its letter goes out, and where a step follows by itself it is that unit's again.
alter table steps add column from_unit uuid;
-- The circular as a letter to this very unit; the unit that sends it has none.
alter table circular_readers add column letter_id uuid;
