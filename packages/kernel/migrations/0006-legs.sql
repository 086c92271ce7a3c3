-- What became of a leg: an objection with its reasons, and the sender's or the common superior's answer [R22:23,24].
alter table kernel.legs
  add column objected_at timestamptz,
  add column objected_by uuid,
  add column objection text,
  add column objection_ground text,
  add column answered_at timestamptz,
  add column answered_by uuid,
  add column agreed boolean,
  add column answer text;
grant update (objected_at, objected_by, objection, objection_ground, answered_at, answered_by, agreed, answer)
  on kernel.legs to doorstep_app;
