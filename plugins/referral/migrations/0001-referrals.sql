-- Who petitions come from and go to: superiors, sister units, civil offices.
create table partners (
  id uuid primary key,
  unit_id uuid not null,
  -- by which a package names its sender
  code text not null,
  name text not null,
  kind text not null check (kind in ('superior', 'sister', 'civil')),
  -- of the key with which it calls; the key itself is shown once
  key_hash text,
  -- with which it signs, and for which is sealed
  sign_key text,
  box_key text,
  added_at timestamptz not null,
  by_person uuid not null,
  ended_at timestamptz
);
create unique index partners_code on partners (unit_id, code) where ended_at is null;
create unique index partners_key on partners (key_hash) where ended_at is null;

-- The unit's own keys: what is secret of them is an encrypted working file.
create table unit_keys (
  unit_id uuid primary key,
  sign_key text not null,
  box_key text not null,
  private_file uuid not null,
  made_at timestamptz not null
);

-- What came and what went. What it says is an encrypted working file until it is taken in, and nothing of an accusation stays.
create table referrals (
  id uuid primary key,
  unit_id uuid not null,
  direction text not null check (direction in ('in', 'out')),
  partner_id uuid references partners,
  way text not null check (way in ('open311', 'package')),
  -- of the sender's own
  number text not null,
  version int not null default 1,
  -- of what came: the same twice is one
  digest text not null,
  state text not null check (state in ('waiting', 'filed', 'quarantine', 'discarded', 'sent', 'received')),
  reason text,
  service text,
  file_id uuid,
  case_id uuid,
  case_no text,
  -- what a partner who asks is told
  over boolean not null default false,
  at timestamptz not null,
  changed_at timestamptz not null,
  by_person uuid
);
create unique index referrals_in on referrals (unit_id, partner_id, number, version) where direction = 'in' and partner_id is not null;
create unique index referrals_same on referrals (partner_id, digest) where direction = 'in';
create unique index referrals_out on referrals (unit_id, number, version) where direction = 'out';
create index referrals_unit on referrals (unit_id, direction, state, at);
create index referrals_case on referrals (case_id);
