-- By which mandate somebody wrote in the petitioner's place; absent: the petitioner himself, or the office.
alter table kernel.messages add column mandate_id uuid;
