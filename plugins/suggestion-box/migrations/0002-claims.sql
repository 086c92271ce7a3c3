-- What is being filed and as what: should the server stop before it is noted, it is noted all the same.
alter table suggestions add column claimed_as text check (claimed_as in ('study', 'passOn'));
alter table suggestions add column claimed_at timestamptz;
