import { expect, test } from "vitest";
import { caller } from "../testing/call.ts";
import { openTestKernel } from "../testing/index.ts";
import { intakeHandlers } from "./handlers.ts";

test("a case keeps the key of the channel it came by: a module's, the desk's or the register's", async () => {
  await using t = await openTestKernel();
  const officer = await t.person("干事", "first", [{ role: "officer", unit: "first" }]);
  const { intake } = caller(t.kernel, { intake: intakeHandlers })(officer);
  const words = {
    unitId: t.units.first,
    purpose: "solve",
    body: "三楼宿舍屋顶漏水。",
    anonymity: "anonymous",
  } as const;

  await intake.file({ ...words, key: t.key(), via: "online", channel: "box/slips", title: "一", locale: "en" });
  await intake.fileAtDesk({ ...words, key: t.key(), via: "letter", title: "二", readBack: true } as never);
  const receivedAt = "2026-01-05T02:00:00Z";
  await intake.import({
    records: [{ sourceKey: "1", source: "old", unitId: t.units.first, title: "三", body: "旧件", receivedAt }],
  } as never);

  const { rows } = await t.database.pool.query("select title, channel_key from kernel.cases order by entered_at, id");
  expect(rows).toEqual([
    { title: "一", channel_key: "box/slips" },
    { title: "二", channel_key: "kernel/letter" },
    { title: "三", channel_key: "kernel/import" },
  ]);
});
