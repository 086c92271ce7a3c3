import { expect, test } from "vitest";
import { openTestKernel } from "../testing/index.ts";
import { file, rows } from "../testing/story.ts";
import { writeForUnit } from "./write-for-unit.ts";

test("the platform writes into what is held at a unit or below, never elsewhere and never into an accusation", async () => {
  await using t = await openTestKernel();
  const caseId = await file(t);
  const message = { text: "您的来信已于今日阅读。", visibility: "petitioner" } as const;

  await expect(writeForUnit(t.kernel, t.units.second, caseId, message)).rejects.toMatchObject({
    code: "case.notFound",
  });
  await writeForUnit(t.kernel, t.units.brigade, caseId, message);
  await rows(t, "update kernel.cases set confidentiality = 3 where id = $1", [caseId]);
  await expect(writeForUnit(t.kernel, t.units.first, caseId, message)).rejects.toMatchObject({ code: "module.sealed" });

  expect(await rows(t, "select author, visibility, text from kernel.messages where case_id = $1", [caseId])).toEqual([
    { author: "system", visibility: "petitioner", text: message.text },
  ]);
});
