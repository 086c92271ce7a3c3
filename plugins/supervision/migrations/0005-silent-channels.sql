-- A way in that went quiet is supervised like a petition, and belongs to none: which channel, and which unit asks. Its case_id
-- is its own id: of no petition, as a migration may only add.
alter table matters add column channel text, add column asked_from uuid;
create unique index matters_silent on matters (unit_id, channel) where state in ('raised', 'asked', 'answered');
create index matters_asked_from on matters (asked_from) where asked_from is not null;
