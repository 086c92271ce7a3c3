-- Who answers today for what a unit was or did: the unit itself, or whoever came after it.
create function kernel.heir(unit uuid) returns uuid language sql stable as $$
  with recursive after (id, next, n) as (
    select u.id, u.successor_id, 0 from kernel.units u where u.id = unit
    union all
    select u.id, u.successor_id, a.n + 1 from after a join kernel.units u on u.id = a.next where a.n < 100
  )
  select id from after order by n desc limit 1
$$;
grant execute on function kernel.heir(uuid) to doorstep_app, doorstep_reader;

-- What is still owed to an urging is owed by the unit that came after; who missed the period stands in the ledger.
grant update (to_unit_id) on kernel.supervision_items to doorstep_app;
