-- When whoever asks for a talk has time, in his own words.
alter table talks add column wish_time text not null default '';

-- How a talk officer is introduced to those who choose somebody: an instructor, a doctor, a woman officer.
create table introductions (
  person_id uuid primary key,
  words text not null
);
