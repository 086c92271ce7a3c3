-- Figures that were counted elsewhere before the house worked here: they stand as they are, and are never counted anew from petitions
-- that the house does not have.
alter table kernel.figure_releases add column taken_over boolean not null default false;
