-- A unit reads itself and those right below it; of a large house that is little of a month's release.
create index figure_rows_below on kernel.figure_rows (release_id, parent_id) where not own;
