-- The petition was routed out of the unit before the leader had read it: it waits for nobody here any more.
alter table letters add column moved_at timestamptz;
