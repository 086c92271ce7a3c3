import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import { sealLedger } from "../ledger/seal-ledger.ts";
import { verifyLedger } from "../ledger/verify-ledger.ts";
import { execute } from "../pipeline/execute.ts";
import { prove } from "../proof/prove.ts";
import { listCases } from "../queue/list-cases.ts";
import { searchCases } from "../queue/search-cases.ts";
import { assertLinked } from "../retaliation/petitioner.ts";
import { fillCaseText } from "../search-index/fill-case-text.ts";
import { whereIsWritten } from "../testing/find-words.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import {
  byPerson,
  byPetitioner,
  draft,
  file,
  latestLetter,
  refusalOf,
  register,
  rows,
  type Staff,
  staffOf,
} from "../testing/story.ts";
import { acceptCase } from "./accept.ts";
import { askAssist } from "./assists.ts";
import { assignHandler, recordHeard } from "./handling.ts";
import { readCase } from "./read-case.ts";
import { readTimeline } from "./read-timeline.ts";
import { draftReply, sealReply, sendBackReply } from "./reply.ts";
import { splitAccusation } from "./split-accusation.ts";
import { writeMessage } from "./thread.ts";

const WORD = "zebrafinch";
const typed = { title: "宿舍屋顶漏水", text: "三楼宿舍一下雨就漏。", reason: `信中举报${WORD}`, respondents: [] };

interface Mixed {
  readonly s: Staff;
  readonly id: string;
  readonly organ: Actor;
  /** the demand that accuses, and the one that does not */
  readonly accuses: string;
  readonly plain: string;
}

/** A claim in handling at the first battalion, one of whose two demands accuses somebody. */
async function mixed(t: TestKernel): Promise<Mixed> {
  const s = await staffOf(t);
  const organ = await t.person("旅纪检", "brigade", [{ role: "discipline", unit: "brigade" }]);
  const id = await file(t, { title: `屋顶和${WORD}`, body: `屋顶漏水，另举报${WORD}` });
  const demands = [
    { text: `查处${WORD}`, desiredOutcome: `处理${WORD}` },
    { text: "修好宿舍屋顶", desiredOutcome: "" },
  ];
  await register(t, s, id, { demands, respondents: [{ kind: "words", label: `供应商${WORD}` }] });
  const say = { text: `补充${WORD}`, visibility: "petitioner" as const, fileIds: [] };
  await execute(t.kernel, writeMessage, byPetitioner(t, id), say);
  await execute(t.kernel, acceptCase, byPerson(t, id, s.officer), { office: "营房股", phone: "" });
  const naming = { handlerId: s.handler.personId, plan: `先查${WORD}`, heardOn: null };
  await execute(t.kernel, assignHandler, byPerson(t, id, s.officer), naming);
  await execute(t.kernel, recordHeard, byPerson(t, id, s.handler), { heardOn: "2026-03-02", how: "电话听取" });
  await fillCaseText(t.kernel.pool, [id]);
  const [first, second] = await rows<{ id: string }>(
    t,
    "select id from kernel.demands where case_id = $1 order by no",
    [id],
  );
  return { s, id, organ, accuses: first?.id ?? "", plain: second?.id ?? "" };
}
const split = (t: TestKernel, m: Mixed, more: object = {}, who: Actor = m.s.officer) =>
  execute(t.kernel, splitAccusation, byPerson(t, m.id, who), { ...typed, demandIds: [m.accuses], ...more });

test("the whole letter goes to the organ, sealed; what accuses nobody stays as a petition of its own that tells of nothing", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const m = await mixed(t);
  const { s, id, organ } = m;
  // answers that were drafted before bind nobody in either
  await draft(t, s, id, `经查${WORD}`, WORD);
  expect(await refusalOf(split(t, m))).toEqual(["split.replyWaiting"]);
  const noticeId = await latestLetter(t, id, "D14");
  await execute(t.kernel, sendBackReply, byPerson(t, id, s.signer), { noticeId, reason: `涉及${WORD}` });
  expect(await whereIsWritten(t, WORD)).toContain("kernel.demands.text");

  t.clock.now = new Date("2026-03-09T02:00:00Z");
  const { splitOff, state } = await split(t, m);
  expect(state).toBe("registered");
  expect(await whereIsWritten(t, WORD)).toEqual([]);

  // nobody of the unit sees it any more, by whichever way
  for (const who of [s.officer, s.handler, s.signer, s.clerk]) {
    await expect(readCase(t.kernel, who, id)).rejects.toMatchObject({ code: "case.notFound" });
    const page = { view: "all", limit: 50 } as Parameters<typeof listCases>[2];
    expect((await listCases(t.kernel, who, page)).items.map((i) => i.caseId)).not.toContain(id);
    expect((await searchCases(t.kernel, who, { q: WORD, limit: 10, cursor: undefined })).items).toEqual([]);
  }
  const stays = await readCase(t.kernel, s.officer, splitOff.caseId);
  expect(stays).toMatchObject({
    state: "registered",
    confidentiality: 1,
    category: "claim",
    track: "ordinary",
    links: [],
  });
  expect([stays.title, stays.body]).toEqual([typed.title, typed.text]);
  expect(stays.demands.map((d) => [d.text, d.outcome])).toEqual([["修好宿舍屋顶", null]]);
  expect(stays.clocks.map((c) => [c.code, c.dueOn])).toContainEqual(["K4", "2026-05-06"]);
  const told = await readTimeline(t.kernel, s.officer, { caseId: splitOff.caseId, limit: 50 });
  expect(JSON.stringify(told)).not.toContain(id);
  const entries = await rows<{ type: string; body: string }>(
    t,
    "select type, body from kernel.ledger where stream = $1 union all select type, payload::text from kernel.outbox where case_id = $1",
    [splitOff.caseId],
  );
  expect(new Set(entries.map((e) => e.type))).toEqual(new Set(["case.registered"]));
  expect(JSON.stringify(entries)).not.toContain(id);

  // the organ has it whole, with its days from now on, unanswered and handled by nobody
  const theirs = await readCase(t.kernel, organ, id);
  expect(theirs).toMatchObject({
    state: "registered",
    track: "accusation",
    confidentiality: 3,
    handler: null,
    links: [],
  });
  expect([theirs.title, theirs.body]).toEqual([`屋顶和${WORD}`, `屋顶漏水，另举报${WORD}`]);
  expect(theirs.demands.map((d) => [d.text, d.desiredOutcome, d.outcome])).toEqual([
    [`查处${WORD}`, `处理${WORD}`, null],
  ]);
  expect(theirs.thread.map((x) => x.text)).toEqual(expect.arrayContaining([`补充${WORD}`, typed.reason]));
  const running = theirs.clocks.filter((c) => c.state === "running").map((c) => [c.code, c.dueOn]);
  expect(running.toSorted()).toEqual([
    ["K10", "2026-03-10"],
    ["K10", "2026-03-16"],
    ["K2", "2026-03-24"],
  ]);
  await expect(readCase(t.kernel, organ, splitOff.caseId)).rejects.toMatchObject({ code: "case.notFound" });

  // the petitioner reads where it is, and reaches both by one code
  const own = await readPetitionerCase(t.kernel, id);
  expect(own.history.at(-1)?.text.en).toContain("discipline organ");
  expect(own.letters.at(-1)?.code).toBe("D3");
  await expect(assertLinked(t.kernel, id, splitOff.caseId)).resolves.not.toThrow();
  await sealLedger(t.kernel);
  expect(await verifyLedger(t.kernel)).toMatchObject({ ok: true, faults: [] });
  expect(Object.values((await prove(t.kernel, { wait: true }))?.counts ?? {}).filter((n) => n > 0)).toEqual([]);
});

test("the organ answers it with a letter of its own; a draft of the unit is not written over", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const m = await mixed(t);
  await draft(t, m.s, m.id, "予以查处");
  const noticeId = await latestLetter(t, m.id, "D14");
  await execute(t.kernel, sendBackReply, byPerson(t, m.id, m.s.signer), { noticeId, reason: "涉及检举" });
  await split(t, m);
  const second = await t.person("旅纪检二", "brigade", [{ role: "discipline", unit: "brigade" }]);
  await execute(t.kernel, acceptCase, byPerson(t, m.id, m.organ), { office: "纪委", phone: "" });
  const naming = { handlerId: m.organ.personId, plan: "", heardOn: null };
  await execute(t.kernel, assignHandler, byPerson(t, m.id, m.organ), naming);
  await execute(t.kernel, draftReply, byPerson(t, m.id, m.organ), {
    kind: "explain",
    demands: [
      { demandId: m.accuses, outcome: "explained", facts: "已核实", opinion: "已处理", basis: "有关规定", steps: "" },
    ],
    summary: "已处理",
  });
  const letters = await rows<{ code: string; state: string }>(
    t,
    "select code, state from kernel.notices where case_id = $1 and code in ('D14', 'D16') order by code",
    [m.id],
  );
  expect(letters).toEqual([
    { code: "D14", state: "draft" },
    { code: "D16", state: "submitted" },
  ]);
  await execute(t.kernel, sealReply, byPerson(t, m.id, second), { noticeId: await latestLetter(t, m.id, "D16") });
});

test("whoever is accused stands out, and the organ of the unit accused does not get it", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const m = await mixed(t);
  const respondents = [
    { kind: "unit", unitId: t.units.brigade },
    { kind: "person", personId: m.organ.personId },
  ];
  // above the brigade there is no organ in this house
  expect(await refusalOf(split(t, m, { respondents }))).toEqual(["intake.noOrgan"]);
  await split(t, m, { respondents: respondents.slice(1) });
  await expect(readCase(t.kernel, m.organ, m.id)).rejects.toMatchObject({ code: "case.notFound" });
});

test("by an officer of the unit alone, with something left, once nobody assists any more", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const m = await mixed(t);
  expect(await refusalOf(split(t, m, {}, m.s.handler))).toEqual(["forbidden"]);
  expect(await refusalOf(split(t, m, {}, m.organ))).toEqual(["case.notFound"]);
  expect(await refusalOf(split(t, m, { demandIds: [m.accuses, m.plain] }))).toEqual(["split.nothingLeft"]);
  expect(await refusalOf(split(t, m, { demandIds: [m.id] }))).toEqual(["demands.unknown"]);
  const question = { unitId: t.units.second, question: "请核对维修记录", days: 10 };
  await execute(t.kernel, askAssist, byPerson(t, m.id, m.s.officer), question);
  expect(await refusalOf(split(t, m))).toEqual(["split.assisting"]);
});
