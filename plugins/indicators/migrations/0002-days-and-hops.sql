-- How long a reply took and how often the petition was handed over until then; null for what has neither.
alter table counted add column track text not null default 'none';
alter table counted add column days int;
alter table counted add column hops int;
-- Where somebody came back with a matter that was answered before.
create index entries_again on entries ((facts->>'of')) where type = 'case.repeatJudged';
