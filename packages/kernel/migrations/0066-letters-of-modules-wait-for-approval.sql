-- Letters that modules have written stand among what waits for a signature.
update kernel.case_audience a set to_approve = true
 where not a.to_approve
   and exists (select from kernel.notices n
                where n.case_id = a.case_id and n.code = 'DM' and n.state = 'draft' and n.sent_back_reason is null);
