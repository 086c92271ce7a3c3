-- Petitions in a hearing are few: whoever looks for one that nobody has ended finds it without reading the others.
create index cases_in_hearing on kernel.cases (id) where flags @> '{inHearing}';
