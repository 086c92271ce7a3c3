-- Which letter was printed and when, so that two people do not print it twice. Not who, and no word of it.
create table prints (
  notice_id uuid primary key,
  case_id uuid not null,
  unit_id uuid not null,
  printed_at timestamptz not null
);
create index prints_case on prints (case_id);
create index prints_unit on prints (unit_id, printed_at);
