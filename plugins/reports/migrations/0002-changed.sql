-- What was changed in a year, in words that somebody signed. A version is never written anew.
create table changed (
  id uuid primary key,
  unit_id uuid not null,
  year int not null,
  version int not null,
  words text not null,
  signed_by uuid not null,
  signer text not null,
  -- local date of the unit
  signed_on date not null,
  unique (unit_id, year, version)
);
