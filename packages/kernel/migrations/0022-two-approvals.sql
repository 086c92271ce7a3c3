-- How many people approve a reply before it is sealed; a unit that says nothing follows the one above it.
alter table kernel.units add column reply_approvals smallint check (reply_approvals in (1, 2));
alter table kernel.notices add column first_approved_by uuid;
