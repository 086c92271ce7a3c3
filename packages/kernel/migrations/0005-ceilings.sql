-- A key is held with a ceiling, and for the unit alone or with all below it: the second fence asks for both as the first
-- does. Beside each of `app.keys` stands its limit; keys without one see nothing.
create function kernel.scope_ceilings() returns smallint[] language sql stable as
$$ select nullif(current_setting('app.ceilings', true), '')::smallint[] $$;
create function kernel.scope_flat() returns boolean[] language sql stable as
$$ select nullif(current_setting('app.flat', true), '')::boolean[] $$;

drop policy fence on kernel.cases;
create policy fence on kernel.cases for select to doorstep_reader using (
  (select true from kernel.case_audience a
    where a.case_id = cases.id and a.key = any ((select kernel.scope_keys())::uuid[])
      and (select true from unnest((select kernel.scope_keys())::uuid[], (select kernel.scope_ceilings())::smallint[],
          (select kernel.scope_flat())::boolean[]) s(key, ceiling, flat)
        where s.key = a.key and a.conf <= s.ceiling and (not s.flat or a.depth = 0) limit 1)
    limit 1)
  and (select 1 from kernel.recusals r
    where r.person_id = (select kernel.scope_me()) and r.case_id = cases.id and r.state <> 'refused') is null);
