-- A dispute over an assignment that was decided took the petition out of the sight of the unit that waits for the report. Petitions
-- that are open now are given back to it and those above it; from now on the act itself leaves them there.
with assigned as (
  select c.id, s.from_unit_id from kernel.cases c
    cross join lateral (select l.kind, l.from_unit_id from kernel.legs l
      where l.case_id = c.id and l.kind not in ('designate', 'succeed') order by l.no desc limit 1) s
   where s.kind = 'assign' and c.confidentiality < 3 and not c.flags @> '{quarantined}'
     and c.status not in ('final', 'archived', 'diverted', 'guided', 'merged', 'notReaccepted', 'withdrawn')
     and exists (select from kernel.legs d where d.case_id = c.id and d.kind = 'designate')
), seen as (
  select a.id, p.key, (array_length(u.path, 1) - p.n)::smallint as depth
    from assigned a join kernel.units u on u.id = kernel.heir(a.from_unit_id) cross join unnest(u.path) with ordinality p(key, n)
   where not u.path[1:p.n::int] && array(select r.unit_id from kernel.respondents r where r.case_id = a.id and r.unit_id is not null)
), added as (
  insert into kernel.case_audience (key, case_id, due, received, depth, conf, status, open, category, channel, holder, to_approve, to_deliver, backlog)
  select s.key, s.id, o.due, o.received, s.depth, o.conf, o.status, o.open, o.category, o.channel, o.holder, o.to_approve, o.to_deliver, o.backlog
    from seen s join lateral (select * from kernel.case_audience o where o.case_id = s.id and o.depth >= 0 limit 1) o on true
  on conflict do nothing
  returning key, case_id
)
update kernel.case_text t set aud = t.aud || n.keys
  from (select case_id, array_agg(key) as keys from added group by case_id) n where n.case_id = t.case_id;
