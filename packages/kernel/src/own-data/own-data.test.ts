import { kernelContract } from "@doorstep/contracts";
import { expect, test } from "vitest";
import { intakeHandlers } from "../intake/handlers.ts";
import { execute } from "../pipeline/execute.ts";
import { casesOfSamePerson } from "../repeats/same-person.ts";
import { countDue } from "../retention/due.ts";
import { createRouter } from "../router.ts";
import { refusalOf as codeOf } from "../testing/call.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, byPetitioner, file, inHandling, refusalOf, reply, rows, staffOf } from "../testing/story.ts";
import { personKey } from "../vault/keys.ts";
import { openIdentity } from "../vault/open-identity.ts";
import { answerErasure, askErasure, correctOwn } from "./acts.ts";
import { exportOwn } from "./export-own.ts";
import { readOwnData } from "./own-data.ts";

const petitioner = { name: "林小满", kind: "nco", contact: "13800005678", filingFor: "self" } as const;
const named = { anonymity: "confidential", petitioner } as const;

/** As a browser that holds the case's code, or one where somebody has signed in. */
const intakeOf = (t: TestKernel, who: { readonly codeCaseId?: string; readonly actor?: object }) =>
  createRouter({ intake: kernelContract.intake }, { intake: intakeHandlers } as never).createCaller({
    kernel: t.kernel,
    actor: who.actor,
    codeCaseId: who.codeCaseId,
    requestId: "test",
    origin: "test",
    setCodeCase: () => undefined,
  } as never).intake as never as Record<"ownData" | "exportOwn", (input: object) => Promise<Record<string, unknown>>>;

test("whoever holds the code recognises himself and a finder learns no name; the account sees all, and each look is written down", async () => {
  await using t = await openTestKernel();
  const soldier = await t.person("林小满", "company", []);
  const id = await file(t, named);
  await rows(
    t,
    `insert into kernel.case_audience select $1, case_id, due, received, -1, conf, status, open, category, channel, holder
       from kernel.case_audience where case_id = $2 limit 1`,
    [personKey(t.kernel.keys, soldier.personId), id],
  );
  const byCode = await intakeOf(t, { codeCaseId: id }).ownData({});
  expect(byCode).toMatchObject({ identity: { name: "林**", contact: "***5678", masked: true }, cutOn: null });
  expect(JSON.stringify(byCode)).not.toContain("小满");
  const exported = await intakeOf(t, { codeCaseId: id }).exportOwn({});
  const html = Buffer.from(String(exported.html), "base64").toString("utf8");
  expect(html).not.toContain("小满");
  expect(html).toContain("津贴少发一档");
  const byAccount = await intakeOf(t, { actor: soldier }).ownData({ caseId: id });
  expect(byAccount).toMatchObject({ identity: { name: "林小满", contact: "13800005678", masked: false } });
  const stranger = await t.person("路人", "second", []);
  expect(await codeOf(intakeOf(t, { actor: stranger }).ownData({ caseId: id }))).toBe("case.notFound");
  expect(await codeOf(intakeOf(t, {}).exportOwn({ caseId: id }))).toBe("case.notFound");
  const written = await rows<{ type: string; facts: string }>(
    t,
    "select type, body as facts from kernel.ledger where type like 'data.%' order by seq",
  );
  expect(written.map((row) => row.type)).toEqual(["data.ownRead", "data.ownRead", "data.exported", "data.ownRead"]);
  expect(written.map((row) => row.facts).join()).not.toContain("林");
});

test("a correction is an addition: staff see the new word, the first record stays, repeats meet by both", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await inHandling(t, s, { ...named, anonymity: "named" });
  await execute(t.kernel, correctOwn, byPetitioner(t, id), { contact: "13900001111" });
  await execute(t.kernel, correctOwn, byPetitioner(t, id), { name: "林晓满" });
  expect(await openIdentity(t.kernel, byPerson(t, id, s.officer), "电话核实")).toMatchObject({
    name: "林晓满",
    contact: "13900001111",
  });
  expect((await readOwnData(t.kernel, id, true)).identity?.corrections).toBe(2);
  expect(await rows(t, "select 1 from vault.persons")).toHaveLength(1);
  expect(JSON.stringify(await rows(t, "select * from kernel.ledger"))).not.toContain("13900001111");
  const again = await file(t, { ...named, petitioner: { ...petitioner, contact: "13900001111" } });
  expect(await casesOfSamePerson(t.kernel, again)).toContain(id);
  const nameless = await file(t);
  expect(await refusalOf(execute(t.kernel, correctOwn, byPetitioner(t, nameless), { name: "某" }))).toEqual([
    "vault.nothing",
  ]);
});

test("the copy holds what was said and the letters, whatever characters were typed", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await inHandling(t, s, { ...named, body: "他说：</script><img src=x onerror=alert(1)>，请查。" });
  await reply(t, s, id, "予以补发");
  const { fileName, html } = await exportOwn(t.kernel, id, true);
  const page = Buffer.from(html, "base64").toString("utf8");
  expect(fileName).toMatch(/^\d{4}-.*\.html$/);
  for (const word of [
    "林小满",
    "予以补发",
    "The petition",
    "data:application/pdf;base64,JVBERi0",
    "-zh-CN.pdf",
    "-en.pdf",
  ])
    expect([word, page.includes(word)]).toEqual([word, true]);
  expect(page).not.toContain("<img");
  expect(page.match(/<\/script>/g)).toHaveLength(1);
  const data = JSON.parse(page.match(/id="data">(.*?)<\/script>/s)?.[1] ?? "null");
  expect(data).toMatchObject({
    matter: { body: expect.stringContaining("</script>") },
    own: { identity: { name: "林小满" } },
  });
});

test("a wish to delete is answered by a person once; granted, the link is due as soon as the case is archived", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await inHandling(t, s, named);
  const wish = { text: "请删除我的信息" };
  expect(
    await refusalOf(
      execute(t.kernel, answerErasure, byPerson(t, id, s.officer), { answer: "granted", reason: "同意" }),
    ),
  ).not.toEqual([]);
  await execute(t.kernel, askErasure, byPetitioner(t, id), wish);
  expect(await refusalOf(execute(t.kernel, askErasure, byPetitioner(t, id), wish))).not.toEqual([]);
  expect(
    await refusalOf(
      execute(t.kernel, answerErasure, byPerson(t, id, s.handler), { answer: "granted", reason: "同意" }),
    ),
  ).toEqual(["forbidden"]);
  await execute(t.kernel, answerErasure, byPerson(t, id, s.officer), {
    answer: "granted",
    reason: "归档后即销毁身份信息",
  });
  expect(
    await rows(
      t,
      "select text from kernel.messages where case_id = $1 and author = 'office' and visibility = 'petitioner'",
      [id],
    ),
  ).toEqual([{ text: "归档后即销毁身份信息" }]);
  expect(await countDue(t.kernel.pool, "identity", t.clock.now)).toMatchObject({ due: 0 });
  await rows(t, "update kernel.cases set status = 'archived' where id = $1", [id]);
  expect(await countDue(t.kernel.pool, "identity", t.clock.now)).toMatchObject({ due: 1 });
  expect(await countDue(t.kernel.pool, "caseFile", t.clock.now)).toMatchObject({ due: 0 });
  const { file: kept } = await readOwnData(t.kernel, id, true);
  expect(kept).toEqual({ months: 120, until: "2036-03-02" });
});
