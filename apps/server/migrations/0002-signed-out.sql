-- Whoever signs out, or is signed out, is told nothing more: every server process closes what that session has open.
create function auth.session_ended() returns trigger language plpgsql as $$
begin
  perform pg_notify('doorstep_signed_out', old.id::text);
  return null;
end $$;
create trigger session_ended after delete on auth.sessions for each row execute function auth.session_ended();
