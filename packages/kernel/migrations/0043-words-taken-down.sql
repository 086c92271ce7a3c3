-- What a petitioner wrote by letter or mail after filing, and somebody of the office laid into the file as his words.
alter table kernel.messages
  add column taken_by uuid,
  add column received_on date,
  add column channel_label_zh text,
  add column channel_label_en text,
  add constraint messages_taken_down check (
    num_nulls(taken_by, received_on, channel_label_zh, channel_label_en) in (0, 4)
    and (taken_by is null or author = 'petitioner' and visibility = 'petitioner')
  );
