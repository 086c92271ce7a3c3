import type { ConsentAnswer, DoorstepError } from "@doorstep/contracts";
import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { registerCase } from "../cases/register.ts";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import { blankWords } from "../organs/reseal.ts";
import { exportOwn } from "../own-data/export-own.ts";
import { execute } from "../pipeline/execute.ts";
import { coverWords } from "../redaction/acts.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, byPetitioner, claim, file, inHandling, rows, staffOf } from "../testing/story.ts";
import { answerConsent } from "./consent-acts.ts";
import { askForConsent, consentsOfModule, dropConsentOf, readConsents } from "./consents.ts";

const asked = {
  pluginId: "talks",
  title: { "zh-CN": "调解", en: "Mediation" },
  code: "tier",
  words: { "zh-CN": "是否同意由 zebrafinch 调解？", en: "Do you want zebrafinch to mediate?" },
};
const ask = (t: TestKernel, by: Actor | null, caseId: string, more: object = {}) =>
  askForConsent(t.kernel, { by, unitId: t.units.first }, caseId, { ...asked, ...more });
const drop = (t: TestKernel, by: Actor | null, caseId: string, code = "tier") =>
  dropConsentOf(t.kernel, { by, unitId: t.units.first }, caseId, { pluginId: "talks", code });
const of = (t: TestKernel, by: Actor | null, caseId: string, pluginId = "talks") =>
  consentsOfModule(t.kernel, { by, unitId: t.units.first }, caseId, pluginId);
const answer = (t: TestKernel, caseId: string, consentId: string, how: ConsentAnswer) =>
  execute(t.kernel, answerConsent(how), byPetitioner(t, caseId), { consentId });
const codeOf = (act: Promise<unknown>) =>
  act.then(
    () => "done",
    (error: DoorstepError) => error.reasons[0]?.code ?? error.code,
  );
const statesOf = async (t: TestKernel, by: Actor, id: string) => (await of(t, by, id)).map((one) => one.state);

test("the petitioner alone says yes or no, and takes a yes back whenever he wants; the module hears of it", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await inHandling(t, s);

  const consentId = await ask(t, s.handler, id);

  expect(await codeOf(ask(t, s.officer, id))).toBe("consent.stands");
  expect((await readPetitionerCase(t.kernel, id)).consents).toMatchObject([
    { id: consentId, module: asked.title, words: asked.words, state: "asked", answeredAt: null },
  ]);
  expect(await codeOf(answer(t, id, consentId, "withdrawn"))).toBe("consent.answered");
  const forHim = byPerson(t, id, s.officer);
  expect(await codeOf(execute(t.kernel, answerConsent("given"), forHim, { consentId }))).toBe("forbidden");
  const party = {
    kind: "petitioner",
    mandate: { id: "m", filed: false, scope: ["speak", "settle"], consent: "given" },
  };
  const on = { caseId: id, key: t.key(), party } as never;
  expect(await codeOf(execute(t.kernel, answerConsent("given"), on, { consentId }))).toBe("mandate.own");

  t.clock.advance({ hours: 1 });
  await answer(t, id, consentId, "given");
  expect(await codeOf(answer(t, id, consentId, "refused"))).toBe("consent.answered");
  expect(await of(t, s.officer, id)).toEqual([
    { code: "tier", state: "given", askedAt: "2026-03-02T02:00:00.000Z", answeredAt: "2026-03-02T03:00:00.000Z" },
  ]);
  expect(await codeOf(ask(t, s.officer, id))).toBe("consent.stands");
  await answer(t, id, consentId, "withdrawn");
  const second = await ask(t, s.officer, id);
  await answer(t, id, second, "refused");

  expect(await statesOf(t, s.officer, id)).toEqual(["withdrawn", "refused"]);
  const heard = await rows<{ type: string }>(
    t,
    "select type, payload from kernel.outbox where type like 'consent.%' order by seq",
  );
  expect(heard.map((one) => one.type)).toEqual([
    ...["consent.asked", "consent.given", "consent.withdrawn", "consent.asked", "consent.refused"],
  ]);
  expect(heard[1]).toMatchObject({ payload: { module: "talks", code: "tier" } });
  const entries = await rows(t, "select body, actor from kernel.ledger where type like 'consent.%' order by seq");
  expect(entries[1]).toMatchObject({ actor: "petitioner" });
  expect(JSON.stringify(entries)).not.toContain("zebrafinch");
  const { html } = await exportOwn(t.kernel, id, false);
  expect(Buffer.from(html, "base64").toString()).toContain("zebrafinch");
});

test("what is asked no more cannot be answered, nor one of another petition", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  const other = await inHandling(t, s);
  const consentId = await ask(t, s.handler, id);

  expect(await codeOf(answer(t, other, consentId, "given"))).toBe("consent.notAsked");
  expect(await codeOf(drop(t, s.handler, id, "none"))).toBe("consent.notAsked");
  await drop(t, s.handler, id);

  expect(await codeOf(drop(t, s.handler, id))).toBe("consent.notAsked");
  expect(await codeOf(answer(t, id, consentId, "given"))).toBe("consent.answered");
  expect(await statesOf(t, s.officer, id)).toEqual(["dropped"]);
});

test("whoever may not see the petition, has no part in it, or stands at another unit, asks and reads nothing", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  const stranger = await t.person("外人", "second", [{ role: "officer", unit: "second" }]);
  const custodian = await t.person("保管", "first", [{ role: "custodian", unit: "first" }]);

  for (const [by, code] of [
    [stranger, "case.notFound"],
    [custodian, "forbidden"],
  ] as const) {
    expect(await codeOf(ask(t, by, id))).toBe(code);
    expect(await codeOf(drop(t, by, id))).toBe(code);
  }
  expect(await codeOf(of(t, stranger, id))).toBe("case.notFound");
  expect(await codeOf(readConsents(t.kernel, stranger, id))).toBe("case.notFound");
  const elsewhere = { by: null, unitId: t.units.second };
  expect(await codeOf(askForConsent(t.kernel, elsewhere, id, asked))).toBe("case.notFound");
  await ask(t, null, id);
  expect(await of(t, null, id)).toHaveLength(1);
  expect(await of(t, s.officer, id, "other")).toEqual([]);
});

test("its words are covered like those of the case, sealed with an accusation, and go with the file", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await file(t, {});
  await ask(t, s.clerk, id);
  const mark = { words: "zebrafinch", kind: "temporary", reason: "thirdParty" };
  await execute(t.kernel, coverWords, byPerson(t, id, s.officer), mark as never);
  expect(JSON.stringify(await readConsents(t.kernel, s.clerk, id))).toContain("zebrafinch");
  const accusation = { ...claim, category: "accusation", track: "accusation", subRoute: null, confidentiality: 3 };
  await execute(t.kernel, registerCase, byPerson(t, id, s.clerk), accusation as never);
  const organ = await t.person("纪检", "brigade", [{ role: "discipline", unit: "brigade" }]);
  await t.database.pool.query("update kernel.cases set handler_id = $2 where id = $1", [id, organ.personId]);

  expect(await rows(t, "select words from kernel.consents")).toMatchObject([{ words: expect.stringMatching(/^c3:/) }]);
  expect(JSON.stringify(await readConsents(t.kernel, organ, id))).toContain("zebrafinch");
  expect(JSON.stringify((await readPetitionerCase(t.kernel, id)).consents)).toContain("zebrafinch");
  expect(await of(t, organ, id)).toEqual([]);
  expect(await codeOf(ask(t, organ, id, { code: "x" }))).toBe("module.sealed");
  expect(await codeOf(drop(t, organ, id))).toBe("module.sealed");
  await blankWords(t.database.pool, id);
  expect(await readConsents(t.kernel, organ, id)).toEqual([]);
});
