-- The newest texts have an index of their own: words are mostly sought among them, and it stays as small as it is.
-- Which those are is said once a day (search-index/mark-fresh-texts.ts); until then nothing counts as fresh that was there before.
alter table kernel.case_text add column fresh boolean not null default false;
alter table kernel.case_text alter column fresh set default true;
create index case_text_fresh on kernel.case_text using gin (aud, tsv) with (fastupdate = off) where fresh;
create index case_text_age on kernel.case_text (fresh, received desc);
