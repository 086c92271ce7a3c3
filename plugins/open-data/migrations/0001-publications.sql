-- What a unit has published of released figures: a copy as it stood, never changed. Versions of one set of figures are a series.
create table publications (
  id uuid primary key,
  series_id uuid not null,
  unit_id uuid not null,
  -- <module>/<name>
  dataset text not null,
  version int not null,
  from_month text not null,
  to_month text not null,
  -- figures with what explains them; null: withdrawn
  content jsonb,
  published_at timestamptz not null,
  by_person uuid not null,
  withdrawn_at timestamptz,
  -- read by everybody
  why text,
  unique (unit_id, dataset, version)
);
create index publications_series on publications (series_id, version);
