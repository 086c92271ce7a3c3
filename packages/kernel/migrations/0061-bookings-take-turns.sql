-- Two who book the same at once would each wait for the other's row, until the database ends one of them a second later: whoever
-- comes first to a person or a room has his say first.
create function kernel.take_turns() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(new.resource::text, 0));
  return new;
end $$;
create trigger take_turns before insert on kernel.appointment_claims for each row execute function kernel.take_turns();
