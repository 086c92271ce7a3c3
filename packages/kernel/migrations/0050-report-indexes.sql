-- What happened in some days is found by its day, not by walking all that ever happened.
create index legs_sent on kernel.legs (sent_at);
create index notices_delivered on kernel.notices (delivered_on) where delivered_on is not null;
create index reviews_requested on kernel.reviews (requested_at);
