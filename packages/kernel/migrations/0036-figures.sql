-- Figures that anybody may read: a month of a dataset, suppressed once over all its units and never computed anew.
-- A correction is a further release with the next number. Nothing here is ever changed.

create table kernel.figure_releases (
  id uuid primary key,
  -- <plugin>/<key>
  dataset text not null,
  -- YYYY-MM
  month text not null check (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  number integer not null check (number > 0),
  released_at timestamptz not null,
  unique (dataset, month, number)
);

-- The units as they stood when the month was released first: no month is ever cut anew by another tree.
create table kernel.figure_rows (
  release_id uuid not null references kernel.figure_releases,
  unit_id uuid not null references kernel.units,
  -- its own only, where it has others below it; else with all below it
  own boolean not null,
  parent_id uuid references kernel.units,
  -- null: hidden
  total integer,
  -- by attribute and value; null: hidden
  figures jsonb not null,
  primary key (release_id, unit_id, own)
);
grant select, insert on kernel.figure_releases, kernel.figure_rows to doorstep_app;
