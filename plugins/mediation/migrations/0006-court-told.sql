-- Whether the petitioner was reminded that a court may confirm the agreement [K19].
alter table mediations add column court_told boolean not null default false;
