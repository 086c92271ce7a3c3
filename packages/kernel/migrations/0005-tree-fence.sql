-- The tree has changed between reading it and writing by it: read again.
create function kernel.expect_tree(got bigint, want bigint) returns void language plpgsql as $$
begin if got <> want then raise exception 'moved' using errcode = 'DS410'; end if; end $$;
