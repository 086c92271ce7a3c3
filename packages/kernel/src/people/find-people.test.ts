import { expect, test } from "vitest";
import { pinyinForm } from "../search-form.ts";
import { openTestKernel } from "../testing/index.ts";
import { findPeople } from "./find-people.ts";

test("a person is found by the beginning of his name or of its pinyin, with his unit and nothing else", async () => {
  await using house = await openTestKernel();
  const zhang = await house.person("张晓明", "company", []);
  await house.person("李强", "second", []);
  for (const name of ["张晓明", "李强"])
    await house.database.pool.query("update kernel.people set name_pinyin = $2 where name = $1", [
      name,
      pinyinForm(name),
    ]);

  const found = await findPeople(house.kernel, "zhang");

  expect(found).toEqual([{ id: zhang.personId, name: "张晓明", unit: { "zh-CN": "company单位", en: "company unit" } }]);
  expect(await findPeople(house.kernel, "zxm")).toHaveLength(1);
  expect(await findPeople(house.kernel, "张晓")).toHaveLength(1);
});

test("a wildcard is a letter like any other, and no words find nobody", async () => {
  await using house = await openTestKernel();
  await house.person("张晓明", "company", []);

  expect(await findPeople(house.kernel, "%")).toEqual([]);
  expect(await findPeople(house.kernel, "  ")).toEqual([]);
});

test("somebody who has left is not offered", async () => {
  await using house = await openTestKernel();
  const gone = await house.person("王五", "company", []);
  await house.database.pool.query("update kernel.people set active = false where id = $1", [gone.personId]);

  expect(await findPeople(house.kernel, "王五")).toEqual([]);
});
