-- A module may suggest, and keep its fields, by itself: then nobody stands behind it but the unit.
alter table kernel.proposals alter column proposed_by drop not null;
alter table kernel.case_data alter column by_person drop not null;
