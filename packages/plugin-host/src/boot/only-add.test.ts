import { expect, test } from "vitest";
import { firstThatDoesNotAdd } from "./only-add.ts";

const own = "p_box";

test.each([
  "create table letters (id uuid primary key, words text not null)",
  "create table if not exists p_box.letters (id uuid)",
  "create unique index letters_words on letters (words)",
  "alter table letters add column seen boolean not null default false",
  'alter table "p_box"."letters" add column seen boolean, add column note text',
  "insert into letters (words) values ('drop table x; delete from y')",
  "comment on table letters is 'truncate'",
  "-- drop table letters\ncreate type state as enum ('a')",
  "/* drop table letters; */ create sequence numbers",
  "update letters set words = trim(words)",
  "",
])("%s only adds", (sql) => {
  expect(firstThatDoesNotAdd(sql, own)).toBeUndefined();
});

test.each([
  "drop table letters",
  "create table a (id int); DROP TABLE letters;",
  "alter table letters rename to notes",
  "alter table letters drop column words",
  "alter table letters alter column words type int",
  "alter table letters add column seen boolean not null",
  "alter table letters add column seen boolean, drop column words",
  "alter table letters add column seen boolean default true, add column other text not null",
  "delete from letters",
  "truncate letters",
  "do $$ begin execute 'drop table letters'; end $$",
  "create function f() returns int language sql as $$ select 1 $$",
  "grant all on letters to public",
  "create table kernel.mine (id int)",
  "insert into kernel.cases (id) values (1)",
  "insert into letters select id from kernel.cases",
  "update kernel.units set code = 'x'",
  "create table letters (id uuid references kernel.cases)",
  "create index x on p_other.letters (id)",
  'alter table "kernel"."cases" add column x int',
])("%s does more than add", (sql) => {
  expect(firstThatDoesNotAdd(sql, own)).toBeDefined();
});
