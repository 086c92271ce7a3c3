import { expect, test } from "vitest";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import { sealLedger } from "../ledger/seal-ledger.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { execute } from "../pipeline/execute.ts";
import { prove } from "../proof/prove.ts";
import { casesOfSamePerson } from "../repeats/same-person.ts";
import { assertLinked } from "../retaliation/petitioner.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import {
  byPerson,
  draft,
  file,
  inHandling,
  latestLetter,
  refusalOf,
  register,
  reply,
  rows,
  staffOf,
} from "../testing/story.ts";
import { acceptCase } from "./accept.ts";
import { extendHandling } from "./extend.ts";
import { assignHandler } from "./handling.ts";
import { readCase } from "./read-case.ts";
import { readTimeline } from "./read-timeline.ts";
import { sendBackReply } from "./reply.ts";
import { splitCase } from "./split.ts";

const zhang = {
  anonymity: "named" as const,
  petitioner: { name: "张三", kind: "nco" as const, contact: "138 0000 0001", filingFor: "self" as const },
};
const twoDemands = {
  demands: [
    { text: "补发少发的津贴", desiredOutcome: "补发" },
    { text: "修好宿舍屋顶", desiredOutcome: "" },
  ],
};
const typed = { title: "宿舍屋顶漏水", text: "三楼宿舍一下雨就漏。", reason: "屋顶的事另立一件，由营房部门办理。" };
const demandsOf = (t: TestKernel, id: string) =>
  rows<{ id: string; no: number; text: string; outcome: string | null }>(
    t,
    "select id, no, text, outcome from kernel.demands where case_id = $1 order by no",
    [id],
  );
const clocksOf = (t: TestKernel, id: string) =>
  rows<{ code: string; due: string }>(
    t,
    "select code, due_on::text as due from kernel.clocks where case_id = $1 and state <> 'stopped' order by code",
    [id],
  );

test("a demand becomes a case of its own: same petitioner, same days, both reached, each answered once", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await file(t, zhang);
  await register(t, s, id, twoDemands);
  await execute(t.kernel, acceptCase, byPerson(t, id, s.officer), { office: "财务股", phone: "" });
  t.clock.advance({ days: 20 });
  const [stays, goes] = await demandsOf(t, id);
  expect(
    await refusalOf(
      execute(t.kernel, splitCase, byPerson(t, id, s.clerk), { ...typed, demandIds: [goes?.id as string] }),
    ),
  ).toEqual(["forbidden"]);
  const { splitOff } = await execute(t.kernel, splitCase, byPerson(t, id, s.officer), {
    ...typed,
    demandIds: [goes?.id as string],
  });
  const born = splitOff.caseId;
  expect(await demandsOf(t, id)).toEqual([stays]);
  expect(await demandsOf(t, born)).toEqual([{ ...goes, no: 1 }]);
  expect(await clocksOf(t, born)).toEqual(await clocksOf(t, id));
  expect(await casesOfSamePerson(t.kernel, born)).toEqual([id]);

  const view = await readCase(t.kernel, s.officer, born);
  expect(view).toMatchObject({ state: "registered", caseNo: splitOff.caseNo, title: typed.title, body: typed.text });
  expect(view.links).toMatchObject([{ caseId: id, kind: "splitFrom" }]);
  expect((await readCase(t.kernel, s.officer, id)).links).toMatchObject([{ caseId: born, kind: "splitOff" }]);
  const own = await readPetitionerCase(t.kernel, id);
  expect(own.belongsTo).toMatchObject([{ caseNo: splitOff.caseNo, kind: "splitOff" }]);
  expect(own.thread.at(-1)?.text).toBe(typed.reason);
  await assertLinked(t.kernel, id, born);

  // accepted on its own, without new days
  const [, handling] = await clocksOf(t, born).then((all) => [0, all.find((c) => c.code === "K4")] as const);
  await execute(t.kernel, acceptCase, byPerson(t, born, s.officer), { office: "营房股", phone: "" });
  expect(await clocksOf(t, born)).toEqual([handling]);
  await execute(t.kernel, assignHandler, byPerson(t, born, s.officer), {
    handlerId: s.handler.personId,
    plan: "",
    heardOn: t.clock.now.toISOString().slice(0, 10),
  });
  await reply(t, s, born);
  expect((await demandsOf(t, born)).map((d) => d.outcome)).toEqual(["supported"]);
  await sealLedger(t.kernel);
  expect(await verifyLedger(t.kernel)).toMatchObject({ ok: true, faults: [] });
  expect(Object.values((await prove(t.kernel, { wait: true }))?.counts ?? {}).filter((n) => n > 0)).toEqual([]);
});

test("the part for which another route is open may take it; the rest goes on as it was", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await file(t, zhang);
  await register(t, s, id, twoDemands);
  const [, goes] = await demandsOf(t, id);
  const input = { ...typed, demandIds: [goes?.id as string], subRoute: 1 };
  const { splitOff } = await execute(t.kernel, splitCase, byPerson(t, id, s.officer), input);

  const routes = await rows(
    t,
    "select track, sub_route as route from kernel.cases where id = any ($1) order by sub_route",
    [[id, splitOff.caseId]],
  );
  expect(routes).toEqual([
    { track: "statutory", route: 1 },
    { track: "ordinary", route: 6 },
  ]);
  const accept = { office: "财务股", phone: "" };
  expect(await refusalOf(execute(t.kernel, acceptCase, byPerson(t, splitOff.caseId, s.officer), accept))).toContain(
    "route.six",
  );

  const idea = await file(t, zhang);
  await register(t, s, idea, { ...twoDemands, category: "suggestion", track: "suggestion", subRoute: null });
  const [, other] = await demandsOf(t, idea);
  const suggested = { ...input, demandIds: [other?.id as string] };
  expect(await refusalOf(execute(t.kernel, splitCase, byPerson(t, idea, s.officer), suggested))).toEqual([
    "split.routeOfClaims",
  ]);
});

test("not without a demand that stays, not one that is not there, and not while a reply to all of them waits", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const one = await inHandling(t, s);
  const split = (id: string, demandIds: readonly string[]) =>
    execute(t.kernel, splitCase, byPerson(t, id, s.officer), { ...typed, demandIds: [...demandIds] });
  expect(
    await refusalOf(
      split(
        one,
        (await demandsOf(t, one)).map((d) => d.id),
      ),
    ),
  ).toEqual(["split.oneDemand"]);

  const id = await file(t);
  await register(t, s, id, twoDemands);
  const ids = (await demandsOf(t, id)).map((d) => d.id);
  expect(await refusalOf(split(id, ids))).toEqual(["split.nothingLeft"]);
  expect(await refusalOf(split(id, [t.kernel.newId()]))).toEqual(["demands.unknown"]);
  await execute(t.kernel, acceptCase, byPerson(t, id, s.officer), { office: "财务股", phone: "" });
  const naming = { handlerId: s.handler.personId, plan: "", heardOn: "2026-03-02" };
  await execute(t.kernel, assignHandler, byPerson(t, id, s.officer), naming);
  await draft(t, s, id, "予以补发");
  expect(await refusalOf(split(id, ids.slice(1)))).toEqual(["split.replyWaiting"]);
  const noticeId = await latestLetter(t, id, "D14");
  await execute(t.kernel, sendBackReply, byPerson(t, id, s.signer), { noticeId, reason: "分开答复" });
  const { splitOff } = await split(id, ids.slice(1));
  // what a draft said of it is nobody's answer
  expect((await demandsOf(t, splitOff.caseId)).map((d) => d.outcome)).toEqual([null]);
  await reply(t, s, id);
});

test("out of an accusation the organ takes what accuses nobody: an ordinary petition that says nothing of its origin", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const organ = await t.person("纪检", "brigade", [{ role: "discipline", unit: "brigade" }]);
  const desk = await t.person("旅干事", "brigade", [{ role: "officer", unit: "brigade", subtree: true }]);
  const id = await file(t, { ...zhang, body: "营长克扣伙食费，另外宿舍屋顶漏水。" });
  await register(t, s, id, {
    category: "accusation",
    track: "accusation",
    subRoute: null,
    confidentiality: 3,
    respondents: [{ kind: "unit", unitId: t.units.first }],
    demands: [{ text: "查处克扣伙食费", desiredOutcome: "" }, twoDemands.demands[1]],
  });
  const [accuses, goes] = await demandsOf(t, id);
  const input = { ...typed, demandIds: [goes?.id as string] };
  expect(await refusalOf(execute(t.kernel, splitCase, byPerson(t, id, desk), input))).toEqual(["case.notFound"]);
  const { splitOff } = await execute(t.kernel, splitCase, byPerson(t, id, organ), input);
  const seen = await readCase(t.kernel, desk, splitOff.caseId);
  expect(seen).toMatchObject({ confidentiality: 1, category: "claim", respondents: [], links: [], body: typed.text });
  expect(seen.demands.map((d) => d.text)).toEqual(["修好宿舍屋顶"]);
  const told = await readTimeline(t.kernel, desk, { caseId: splitOff.caseId, limit: 20 } as never);
  expect(told.items.map((i) => i.type)).toEqual(["case.registered"]);
  const entries = await rows<{ body: string }>(t, "select body from kernel.ledger where stream = $1", [
    splitOff.caseId,
  ]);
  expect(entries.some((e) => e.body.includes(id))).toBe(false);
  await expect(readCase(t.kernel, desk, id)).rejects.toMatchObject({ code: "case.notFound" });
  // what stays is sealed as before; the petitioner reaches both
  expect((await demandsOf(t, id)).map((d) => d.text)).toEqual([accuses?.text]);
  expect(accuses?.text).toMatch(/^c3:/);
  expect((await readPetitionerCase(t.kernel, id)).belongsTo).toMatchObject([{ kind: "splitOff" }]);
  expect((await readCase(t.kernel, organ, id)).links).toEqual([]);
});

test("what is taken out of an extended petition keeps the longer days; the petitioner was told of them, and the proof knows", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  const id = await inHandling(t, s, zhang);
  const [first] = await demandsOf(t, id);
  await rows(
    t,
    "insert into kernel.demands (id, case_id, no, text, desired_outcome) values ($1, $2, 2, '修屋顶', '')",
    [t.kernel.newId(), id],
  );
  const extend = { days: 20, reason: "案情复杂，需要鉴定。" };
  await execute(t.kernel, extendHandling, byPerson(t, id, s.signer), extend);
  t.clock.advance({ days: 1 });
  const goes = (await demandsOf(t, id)).filter((d) => d.id !== first?.id).map((d) => d.id);
  const { splitOff } = await execute(t.kernel, splitCase, byPerson(t, id, s.officer), { ...typed, demandIds: goes });
  expect(
    await rows(t, "select extension from kernel.clocks where case_id = $1 and code = 'K4'", [splitOff.caseId]),
  ).toEqual([{ extension: 20 }]);
  const extendedUntold = async () => (await prove(t.kernel, { wait: true }))?.counts.extendedUntold ?? 0;
  expect(await extendedUntold()).toBe(0);
  // told after it was taken out, or not at all: nobody said so of this one
  await rows(t, "update kernel.notices set created_at = created_at + interval '2 days' where code = 'D13'", []);
  t.clock.advance({ hours: 1 });
  expect(await extendedUntold()).toBe(1);
});
