import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import { execute } from "../pipeline/execute.ts";
import { listCases } from "../queue/list-cases.ts";
import { breachEffects } from "../sweep/breach-effects.ts";
import { sweepClocks } from "../sweep/sweep-clocks.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, byPetitioner, file, refusalOf, register, rows, type Staff, staffOf } from "../testing/story.ts";
import { acceptCase } from "./accept.ts";
import { archiveCase } from "./conclude.ts";
import { contestRefusal, grantContest, upholdRefusal } from "./contest.ts";
import { guideCase, reopenCase } from "./ends.ts";
import { readCase } from "./read-case.ts";

const away = {
  body: "区人力资源和社会保障局",
  address: "政务大厅3号窗口",
  phone: "",
  timeLimit: "60日内",
  helper: "",
  reason: "由地方办理",
};
const objection = { text: "这件事就是本单位造成的，地方不管。", fileIds: [] };
const why = { outcome: "upheld", reasons: "经核实，该事项依法由地方办理，告知书无误。" } as const;

async function guided(t: TestKernel, s: Staff): Promise<string> {
  const id = await file(t);
  await register(t, s, id);
  await execute(t.kernel, guideCase, byPerson(t, id, s.officer), away);
  return id;
}
const contested = async (t: TestKernel, s: Staff): Promise<string> => {
  const id = await guided(t, s);
  await execute(t.kernel, contestRefusal, byPetitioner(t, id), objection);
  return id;
};
const rowOf = async (t: TestKernel, id: string) =>
  (
    await rows<{ status: string; holder: string; handling: string | null; flags: string[] }>(
      t,
      "select status, holder_unit_id as holder, handling_unit_id as handling, flags from kernel.cases where id = $1",
      [id],
    )
  )[0];
const runningOf = async (t: TestKernel, id: string) =>
  rows<{ code: string; due: string }>(
    t,
    "select code, due_on::text as due from kernel.clocks where case_id = $1 and state <> 'stopped' order by code",
    [id],
  );
const open = (t: TestKernel, actor: Actor) =>
  listCases(t.kernel, actor, { view: "toReview", limit: 10 } as Parameters<typeof listCases>[2]).then((page) =>
    page.items.map((i) => i.caseId),
  );

test("a refusal is contested one level up, decided in ten working days by somebody there, and waits in his queue", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await guided(t, s);
  expect(await open(t, s.reviewer)).toEqual([]);
  const asked = await execute(t.kernel, contestRefusal, byPetitioner(t, id), objection);
  expect(asked.decideBy).toBe("2026-03-16");
  expect(await rowOf(t, id)).toEqual({
    status: "guided",
    holder: t.units.brigade,
    handling: t.units.first,
    flags: ["contested"],
  });
  expect((await runningOf(t, id)).map((c) => c.code)).toEqual(["K22", "K26"]);
  expect(await open(t, s.reviewer)).toEqual([id]);
  expect((await readCase(t.kernel, s.reviewer, id)).contest).toMatchObject({ text: objection.text, outcome: null });
  // the unit that refused keeps seeing it, and can do nothing about it meanwhile
  expect((await readCase(t.kernel, s.officer, id)).acts.map((a) => a.act)).not.toContain("reopen");
  expect(await refusalOf(execute(t.kernel, upholdRefusal, byPerson(t, id, s.officer), why))).toEqual(["forbidden"]);
  const above = await t.person("旅干事", "brigade", [{ role: "officer", unit: "brigade" }]);
  expect(await refusalOf(execute(t.kernel, archiveCase, byPerson(t, id, above), {}))).toContain("mark.set");
  expect(
    await refusalOf(execute(t.kernel, reopenCase, byPerson(t, id, above), { ground: "newFacts", reason: "重新办理" })),
  ).toEqual(["mark.set"]);
  expect(await refusalOf(execute(t.kernel, contestRefusal, byPetitioner(t, id), objection))).toContain("mark.set");
});

test("upheld: it goes back as it was, the petitioner reads why, and the same refusal is not contested twice", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await contested(t, s);
  await execute(t.kernel, upholdRefusal, byPerson(t, id, s.reviewer), why);
  expect(await rowOf(t, id)).toEqual({ status: "guided", holder: t.units.first, handling: null, flags: [] });
  expect((await runningOf(t, id)).map((c) => c.code)).toEqual(["K22"]);
  const seen = await readPetitionerCase(t.kernel, id);
  expect(seen.thread.at(-1)).toMatchObject({ from: "office", text: why.reasons });
  expect(seen.history.at(-1)?.text.en).toMatch(/upheld/);
  expect(seen.acts.find((a) => a.act === "contest")?.refusals.map((r) => r.code)).toEqual(["refusal.notOpen"]);
  expect(await refusalOf(execute(t.kernel, contestRefusal, byPetitioner(t, id), objection))).toEqual([
    "refusal.notOpen",
  ]);
  expect((await readCase(t.kernel, s.officer, id)).contest).toMatchObject({ outcome: "upheld" });
});

test("reopened by the level above: registered again at the unit that refused, with its time to be told from now on", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await contested(t, s);
  t.clock.advance({ days: 5 });
  const decision = { outcome: "reopened", reasons: "该事项属于本单位职责，应当受理。" } as const;
  await execute(t.kernel, grantContest, byPerson(t, id, s.reviewer), decision);
  expect(await rowOf(t, id)).toEqual({ status: "registered", holder: t.units.first, handling: null, flags: [] });
  expect(await runningOf(t, id)).toEqual([{ code: "K2", due: "2026-03-23" }]);
  await execute(t.kernel, acceptCase, byPerson(t, id, s.officer), { office: "财务股", phone: "" });
  // a second refusal is another one: it can be contested again
  const again = await contested(t, s);
  await execute(t.kernel, grantContest, byPerson(t, again, s.reviewer), decision);
  // by somebody else than the one whose refusal did not stand
  expect(await refusalOf(execute(t.kernel, guideCase, byPerson(t, again, s.officer), away))).toEqual([
    "decider.before",
  ]);
  const other = await t.person("另一干事", "first", [{ role: "officer", unit: "first" }]);
  await execute(t.kernel, guideCase, byPerson(t, again, other), away);
  await execute(t.kernel, contestRefusal, byPetitioner(t, again), objection);
});

test("whoever refused it does not decide about it, also not from a chair one level up", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const both = await t.person("两边", "brigade", [
    { role: "officer", unit: "first" },
    { role: "reviewer", unit: "brigade" },
  ]);
  const id = await file(t);
  await register(t, s, id);
  await execute(t.kernel, guideCase, byPerson(t, id, both), away);
  await execute(t.kernel, contestRefusal, byPetitioner(t, id), objection);
  const shown = (await readCase(t.kernel, both, id)).acts.find((a) => a.act === "upholdRefusal");
  expect(shown?.refusals.map((r) => r.code)).toEqual(["review.involvedBefore"]);
  for (const decide of [upholdRefusal, grantContest])
    expect(await refusalOf(execute(t.kernel, decide, byPerson(t, id, both), why))).toEqual(["review.involvedBefore"]);
  await execute(t.kernel, upholdRefusal, byPerson(t, id, s.reviewer), why);
});

test("not decided in time: the next level urges; where no unit stands above, that is said", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const id = await file(t, { unitId: t.units.company });
  const company = await t.person("连队", "company", [
    { role: "clerk", unit: "company" },
    { role: "officer", unit: "company" },
  ]);
  await register(t, { clerk: company }, id);
  await execute(t.kernel, guideCase, byPerson(t, id, company), away);
  await execute(t.kernel, contestRefusal, byPetitioner(t, id), objection);
  t.clock.advance({ days: 20 });
  await sweepClocks(t.kernel);
  await breachEffects(t.kernel);
  const urged = await rows<{ by: string; to: string }>(
    t,
    "select by_unit_id as by, to_unit_id as to from kernel.supervision_items where case_id = $1 and code = 'K26'",
    [id],
  );
  expect(urged).toEqual([{ by: t.units.brigade, to: t.units.first }]);

  const atTop = await file(t, { unitId: t.units.brigade });
  const top = await t.person("旅机关", "brigade", [
    { role: "clerk", unit: "brigade" },
    { role: "officer", unit: "brigade" },
  ]);
  await register(t, { clerk: top }, atTop);
  await execute(t.kernel, guideCase, byPerson(t, atTop, top), away);
  expect(await refusalOf(execute(t.kernel, contestRefusal, byPetitioner(t, atTop), objection))).toEqual([
    "contest.nobodyAbove",
  ]);
});

test("the right stays when the file is closed, and is nobody's but the petitioner's", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await guided(t, s);
  t.clock.advance({ days: 45 });
  await execute(t.kernel, archiveCase, byPerson(t, id, s.officer), {});
  expect(await refusalOf(execute(t.kernel, contestRefusal, byPerson(t, id, s.officer), objection))).toEqual([
    "forbidden",
  ]);
  await execute(t.kernel, contestRefusal, byPetitioner(t, id), objection);
  expect(await open(t, s.reviewer)).toEqual([id]);
  await execute(t.kernel, upholdRefusal, byPerson(t, id, s.reviewer), why);
  expect((await rowOf(t, id))?.status).toBe("archived");
});
