-- Letters between units that belong to no case are kept by a term of their own; those of a case go with its file.
alter table kernel.retention_rules drop constraint retention_rules_class_check,
  add constraint retention_rules_class_check check (class in ('caseFile', 'identity', 'openings', 'unitLetters'));
alter table kernel.retention_approvals drop constraint retention_approvals_class_check,
  add constraint retention_approvals_class_check check (class in ('caseFile', 'identity', 'openings', 'unitLetters'));
alter table kernel.retention_runs drop constraint retention_runs_class_check,
  add constraint retention_runs_class_check check (class in ('caseFile', 'identity', 'openings', 'unitLetters'));
create index unit_letters_kept on kernel.unit_letters (drafted_at) where case_id is null and facts <> '{}';
