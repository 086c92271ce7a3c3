-- What the proof found among accusations, by the organ whose they are: nobody else reads these figures.
alter table kernel.proofs add column sealed jsonb not null default '{}';
create index proof_items_mended on kernel.proof_items (mended_at desc) where mended_at is not null;
