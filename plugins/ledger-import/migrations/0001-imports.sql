-- One import of one file by one unit.
create table imports (
  id uuid primary key,
  unit_id uuid not null,
  by_person uuid not null,
  file_name text not null,
  file_size bigint not null,
  state text not null check (state in ('uploading', 'uploaded', 'checking', 'checked', 'running', 'done')),
  format text check (format in ('csv', 'xlsx')),
  encoding text,
  delimiter text,
  columns text[] not null default '{}',
  mapping jsonb,
  source text not null default '',
  -- last row of the file that was judged
  read_to int not null default 0,
  created_at timestamptz not null,
  finished_at timestamptz
);
create index imports_unit on imports (unit_id, created_at desc);

-- The uploaded file, piece by piece; removed when the import is done.
create table chunks (
  import_id uuid not null,
  no int not null,
  file_id uuid not null,
  size int not null,
  primary key (import_id, no)
);

create table rows (
  import_id uuid not null,
  row int not null,
  source_key text not null,
  state text not null check (state in ('ready', 'bad', 'created', 'same', 'refused')),
  -- kept until the row is imported, then emptied
  record jsonb,
  problems jsonb not null default '[]',
  case_no text,
  primary key (import_id, row)
);
create index rows_state on rows (import_id, state, row);

-- What somebody of the unit has chosen for these columns before.
create table mappings (
  unit_id uuid not null,
  header_key text not null,
  mapping jsonb not null,
  source text not null,
  at timestamptz not null,
  primary key (unit_id, header_key)
);
