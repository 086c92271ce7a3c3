-- Records of one register by the name that it gives: whoever counts who came again finds the first of them at once.
create index case_imports_alias on kernel.case_imports (source, (stated ->> 'alias'), case_id)
  where stated ->> 'alias' is not null;
