-- The local day on which it ended without an agreement, for what is counted by month; those that ended before this was kept have none.
alter table mediations add column ended_on date;
