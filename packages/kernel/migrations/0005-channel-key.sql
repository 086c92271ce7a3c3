-- Which channel a petition came by, also after its label was renamed: `<module>/<channel>`, or `kernel/<way>` for what the
-- desk took down or a register brought. Until now one module alone has had a channel.
alter table kernel.cases add column channel_key text;
update kernel.cases set channel_key = case
  when imported then 'kernel/import'
  when channel = 'online' then 'online-petition/online'
  else 'kernel/' || channel end;
