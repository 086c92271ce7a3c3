-- Where networks are connected, a package is posted to the partner; the key it gave for that is an encrypted working file.
alter table partners add column token_file uuid;
alter table referrals add column attempts int not null default 0;
alter table referrals add column next_at timestamptz;
