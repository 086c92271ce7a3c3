-- Why a check keeps somebody out; what was declared of kinship is shown to nobody.
alter table kernel.recusals add column ground text check (ground in ('position', 'kin', 'mediator'));
update kernel.recusals set ground = 'position' where source = 'computed';
create index respondents_person on kernel.respondents (person_id) where person_id is not null;

-- Who is whose kin, by pseudonyms; who they are lies sealed beside them. Nothing else of it is kept.
create table kernel.kinships (
  id uuid primary key,
  declarer_key uuid not null,
  other_key uuid not null,
  declarer bytea not null,
  other bytea not null,
  declared_at timestamptz not null,
  ended_at timestamptz
);
create unique index kinships_once on kernel.kinships (declarer_key, other_key) where ended_at is null;
create index kinships_other on kernel.kinships (other_key) where ended_at is null;
grant select, insert, update on kernel.kinships to doorstep_app;
