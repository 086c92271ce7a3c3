-- What the kernel's workers need: pump, search, sweep, sealer.

-- A case that turns out to be an accusation leaves the search index.
grant delete on kernel.case_text to doorstep_app;

-- Cases whose time for review has passed unused and that are not final yet: only what is due stands in it.
create index clocks_lapsed on kernel.clocks (due_on, case_id) where state = 'breached' and code in ('K12', 'K15');

-- Transaction numbers begin again in a restored or moved database; each such life is an epoch, and order is (epoch, xid).
create function kernel.current_epoch() returns smallint language sql stable as
$$ select coalesce(max(epoch), 1)::smallint from kernel.epochs $$;
grant execute on function kernel.current_epoch() to doorstep_app;
alter table kernel.ledger alter column epoch set default kernel.current_epoch();
alter table kernel.outbox alter column epoch set default kernel.current_epoch();
