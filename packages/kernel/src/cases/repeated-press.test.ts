import { expect, test } from "vitest";
import { acceptCase } from "../cases/accept.ts";
import { execute } from "../pipeline/execute.ts";
import { caller } from "../testing/call.ts";
import { openTestKernel } from "../testing/index.ts";
import { byPerson, file, register, staffOf } from "../testing/story.ts";
import { casesHandlers } from "./handlers.ts";

test("naming a handler, sent again with its key, gives the first answer although the case is in handling now", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const caseId = await file(t);
  await register(t, s, caseId);
  const { version } = await execute(t.kernel, acceptCase, byPerson(t, caseId, s.officer), {
    office: "财务股",
    phone: "",
  });
  const { cases } = caller(t.kernel, { cases: casesHandlers })(s.officer);
  const press = { caseId, version, key: t.key(), handlerId: s.handler.personId };

  const first = await cases.assign(press);
  expect(first).toEqual({ caseId, version: version + 1, state: "inHandling" });
  expect(await cases.assign(press)).toEqual(first);
  await expect(cases.assign({ ...press, plan: "另一份计划" })).rejects.toThrow("key.reused");
});
