import { expect, test } from "vitest";
import { importCases } from "../intake/import-cases.ts";
import { openTestKernel } from "../testing/index.ts";
import { file, staffOf } from "../testing/story.ts";
import { readOriginal } from "./read-original.ts";

test("the old row is for those who see the case, without the cells that say who wrote", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const importer = await t.person("接收", "first", [{ role: "officer", unit: "first" }]);
  await importCases(t.kernel, importer, [
    {
      source: "登记簿",
      sourceKey: "2019-7",
      unitId: t.units.first,
      title: "食堂",
      body: "饭菜凉了。",
      category: null,
      via: "imported",
      topicCode: null,
      petitionerAlias: "石头",
      receivedAt: "2019-03-01T02:00:00Z",
      reply: null,
      repliedAt: null,
      closedAt: null,
      original: { 编号: "2019-7", 姓名: "石头 ", 内容: "饭菜凉了。", 备注: "" },
    },
  ]);
  const { rows } = await t.database.pool.query<{ id: string }>("select case_id as id from kernel.case_imports");
  const caseId = rows[0]?.id ?? "";

  const found = await readOriginal(t.kernel, s.clerk, caseId);

  expect(found).toMatchObject({ source: "登记簿", sourceKey: "2019-7", withheld: ["姓名"] });
  expect(found?.cells).toContainEqual({ column: "内容", value: "饭菜凉了。" });
  expect(JSON.stringify(found)).not.toContain("石头");
  const stranger = await t.person("外人", "second", [{ role: "officer", unit: "second" }]);
  await expect(readOriginal(t.kernel, stranger, caseId)).rejects.toMatchObject({ code: "case.notFound" });
  expect(await readOriginal(t.kernel, s.clerk, await file(t))).toBeNull();
});
