-- A month's hand-ons, returns and decisions on review, found without reading everything that ever happened.
create index entries_moved on entries (at)
  where type in ('case.routed', 'case.returned', 'case.reviewDecided', 'case.redo');
