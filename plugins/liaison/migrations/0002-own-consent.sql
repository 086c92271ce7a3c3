-- How the petitioner agreed: by a word that the helper entered with its day, or by himself on the page of his matter.
alter table letters add column agreed_by text not null default 'told' check (agreed_by in ('told', 'page'));
