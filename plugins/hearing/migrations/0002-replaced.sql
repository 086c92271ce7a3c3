-- Whose place somebody has taken, and when: the kernel has checked him like the others.
alter table seats add column replaces uuid;
create unique index seats_replaces on seats (hearing_id, replaces);
