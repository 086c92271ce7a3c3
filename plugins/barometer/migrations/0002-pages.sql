-- What the page says of a unit by released figures, kept as long as everything it was made from is as it was.
create table pages (
  unit_id uuid primary key,
  -- stands for everything it was made from
  stamp text not null,
  page json not null
);
