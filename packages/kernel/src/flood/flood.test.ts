import { pbkdf2Sync } from "node:crypto";
import type { fileInput } from "@doorstep/contracts";
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { casesHandlers } from "../cases/handlers.ts";
import { writeMessage } from "../cases/thread.ts";
import { intakeHandlers } from "../intake/handlers.ts";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import { overviewHandlers } from "../overview/handlers.ts";
import { execute } from "../pipeline/execute.ts";
import { caller, refusalOf } from "../testing/call.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPetitioner, rows, staffOf } from "../testing/story.ts";
import { bitsFor, filingBudget, isFlood, loadOf } from "./budget.ts";
import { quarantineHandlers } from "./handlers.ts";
import { isWorkDone, type Task, taskFor } from "./proof-of-work.ts";

const handlers = {
  intake: intakeHandlers,
  quarantine: quarantineHandlers,
  cases: casesHandlers,
  overview: overviewHandlers,
};

/** What a browser does: tries numbers until the hash begins with zeros. */
function workOut({ challenge, bits, iterations }: Task): string {
  for (let number = 0; ; number++) {
    const lead = pbkdf2Sync(String(number), challenge, iterations, 4, "sha256").readUInt32BE(0);
    if (lead >>> (32 - bits) === 0) return `${challenge}.${number}`;
  }
}

/** The task of a refusal. */
async function taskOf(work: Promise<unknown>): Promise<Task> {
  try {
    await work;
  } catch (error) {
    const { cause } = error as { cause?: { code?: string; params?: Task } };
    if (cause?.code === "intake.workNeeded" && cause.params) return cause.params;
    throw error;
  }
  throw new Error("it was taken in without work");
}

const house = async (perUnit: number, inAll = 1_000) => {
  const opened = await openTestKernel();
  const kernel = { ...opened.kernel, filingBudget: filingBudget(perUnit, inAll) };
  const t: TestKernel & AsyncDisposable = { ...opened, kernel };
  const as = caller(kernel, handlers);
  const petition = (more: Partial<z.input<typeof fileInput>> = {}) => ({
    key: t.key(),
    unitId: t.units.first,
    channel: "online-petition/online",
    via: "online" as const,
    purpose: "solve" as const,
    title: "食堂伙食反复出问题",
    body: "连续三周伙食质量差，向司务长反映没有结果。",
    anonymity: "anonymous" as const,
    ...more,
  });
  const send = (more: Partial<z.input<typeof fileInput>> = {}) => as(undefined).intake.file(petition(more));
  return { t, as, petition, send, [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() };
};

describe("how much work, and when a person steps in", () => {
  test("nothing in quiet times, more with every doubling, never more than a slow phone does in seconds", () => {
    expect([0, 0.99, 1, 2, 4, 8, 1_000].map(bitsFor)).toEqual([0, 0, 4, 6, 8, 10, 11]);
    expect([3.9, 4].map(isFlood)).toEqual([false, true]);
  });

  test("the fullest of the four budgets counts: number and size, of the unit and in all", () => {
    const budget = filingBudget(10, 100);
    const none = { count: 0, bytes: 0 };
    const of = (unit: object, all: object) => loadOf(budget, { ...none, ...unit }, { ...none, ...all });
    expect(of({ count: 20 }, { count: 20 })).toBe(2);
    expect(of({ count: 5 }, { count: 300 })).toBe(3);
    expect(of({ bytes: budget.bytesPerUnit * 4 }, {})).toBe(4);
    expect(of({}, { bytes: budget.bytesInAll * 5 })).toBe(5);
  });
});

test("work counts for the petition it was done for, for twenty minutes, and cannot be made up", async () => {
  await using t = await openTestKernel();
  const { keys } = t.kernel;
  const now = new Date("2026-03-02T02:00:00Z");
  const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
  const work = workOut(taskFor(keys, "one-petition", 4, now));
  expect(await isWorkDone(keys, "one-petition", work, later(19))).toBe(true);
  expect(await isWorkDone(keys, "one-petition", work, later(21))).toBe(false);
  expect(await isWorkDone(keys, "another-petition", work, now)).toBe(false);
  const [until, , mac] = work.split(".");
  expect(await isWorkDone(keys, "one-petition", `${until}.0.${mac}.1`, now)).toBe(false);
  const hard = taskFor(keys, "one-petition", 30, now).challenge;
  expect(await isWorkDone(keys, "one-petition", `${hard}.1`, now)).toBe(false);
  for (const nonsense of ["", "unable", "a.b", "a.b.c.d", `${until}.4..1`])
    expect([nonsense, await isWorkDone(keys, "one-petition", nonsense, now)]).toEqual([nonsense, false]);
});

test("a rush asks for work, a flood goes into quarantine with code and time, a clerk lets all through with one press", async () => {
  await using h = await house(2);
  const { t, as } = h;
  const s = await staffOf(t);
  const outsider = await t.person("外人", "second", [{ role: "clerk", unit: "second" }]);
  const admin = await t.person("管理", "first", [{ role: "unitAdmin", unit: "first" }]);
  for (let n = 0; n < 2; n++) expect((await h.send()).delayed).toBe(false);

  // a rush: the same petition again with what was worked out
  const key = t.key();
  const task = await taskOf(h.send({ key }));
  expect(task.bits).toBe(4);
  const worked = await h.send({ key, work: workOut(task) });
  expect(worked.delayed).toBe(false);
  // the other unit has a budget of its own
  expect((await h.send({ unitId: t.units.second })).delayed).toBe(false);

  // a device that cannot work is not refused: it waits
  const unable = await h.send({ work: "unable" });
  expect(unable.delayed).toBe(true);
  while (true) {
    const input = h.petition();
    const more = await taskOf(as(undefined).intake.file(input));
    const sent = await as(undefined).intake.file({ ...input, work: workOut(more) });
    if (sent.delayed) break;
  }
  const danger = h.petition({ urgentSafety: true });
  const dangerTask = await taskOf(as(undefined).intake.file(danger));
  const urgent = { ...danger, work: workOut(dangerTask) };
  expect((await as(undefined).intake.file(urgent)).delayed).toBe(false);
  // a second press, without any work, is answered like the first
  const twice = h.petition({ work: "unable" });
  const pressed = await as(undefined).intake.file(twice);
  expect(pressed.delayed).toBe(true);
  expect(await as(undefined).intake.file({ ...twice, work: undefined })).toEqual(pressed);

  const waiting = await as(s.clerk).quarantine.list({});
  expect(waiting.total).toBe(3);
  const [first] = waiting.items;
  if (!first) throw new Error("nothing waits");
  expect(first.caseNo).toBe(unable.caseNo);
  // nobody finds it elsewhere, whatever his role, and nobody else can empty it
  for (const actor of [s.clerk, s.officer]) {
    expect((await as(actor).cases.list({ view: "all" })).items.map((i) => i.caseNo)).not.toContain(first.caseNo);
    expect(await refusalOf(as(actor).cases.get({ caseId: first.caseId }))).toBe("case.notFound");
    expect(await refusalOf(as(actor).cases.byNo({ caseNo: first.caseNo }))).toBe("case.notFound");
  }
  expect(await as(outsider).quarantine.list({})).toEqual({ items: [], total: 0 });
  expect(await as(outsider).quarantine.letThrough({})).toEqual({ count: 0, left: 0 });
  expect(await refusalOf(as(s.handler).quarantine.list({}))).toBe("forbidden");
  // an administrator learns how many wait, not what
  const alarm = (await as(admin).overview.get({})).items.find((i) => i.code === "quarantine");
  expect(alarm).toMatchObject({ level: "red", params: { count: 3 }, unit: { id: t.units.first } });
  // its petitioner has his page at once
  expect(await readPetitionerCase(t.kernel, first.caseId)).toMatchObject({ delayed: true, status: "received" });

  t.clock.advance({ hours: 3 });
  expect(await as(s.clerk).quarantine.letThrough({ caseIds: [first.caseId] })).toEqual({ count: 1, left: 2 });
  expect(await as(s.clerk).quarantine.letThrough({})).toEqual({ count: 2, left: 0 });
  expect(await as(s.clerk).quarantine.letThrough({})).toEqual({ count: 0, left: 0 });
  const let1 = await as(s.clerk).cases.get({ caseId: first.caseId });
  expect(let1.receivedAt).toBe(unable.receivedAt);
  const own = await readPetitionerCase(t.kernel, first.caseId);
  expect(own).toMatchObject({ delayed: false, receivedAt: unable.receivedAt });
  expect(own.clocks.find((c) => c.code === "K2")?.dueOn).toBe(unable.next[0]?.dueOn);
  const entries = await rows<{ actor: string }>(t, "select actor from kernel.ledger where type = 'case.letThrough'");
  expect(entries.map((e) => e.actor)).toEqual(Array.from({ length: 3 }, () => `person:${s.clerk.personId}`));
});

test("whoever signed in answers for himself and meets no fence; ten minutes later all is quiet", async () => {
  await using h = await house(1);
  const { t, as } = h;
  const soldier = await t.person("战士", "first", []);
  const named = { anonymity: "named" as const, petitioner: { name: "赵强", kind: "conscript" as const, contact: "1" } };
  for (let n = 0; n < 3; n++) expect((await as(soldier).intake.file(h.petition(named))).delayed).toBe(false);
  expect(await refusalOf(h.send())).toBe("intake.workNeeded");
  // without his name he is like everybody
  expect(await refusalOf(as(soldier).intake.file(h.petition()))).toBe("intake.workNeeded");
  t.clock.advance({ minutes: 11 });
  expect((await h.send()).delayed).toBe(false);
});

test("the budget of the whole house counts too, and what other processes took in", async () => {
  await using h = await house(100, 2);
  const { t } = h;
  await h.send({ unitId: t.units.first });
  await h.send({ unitId: t.units.second });
  expect(await refusalOf(h.send({ unitId: t.units.company }))).toBe("intake.workNeeded");
  const { pool } = t.database;
  await pool.query("update kernel.cases set entered_at = $1", [new Date(t.clock.now.getTime() - 3_600_000)]);
  t.clock.advance({ minutes: 1 });
  expect((await h.send({ unitId: t.units.company })).delayed).toBe(false);
});

test("an accusation in quarantine is its organ's alone, and a petitioner's message does not let it out", async () => {
  await using h = await house(1);
  const { t, as } = h;
  const s = await staffOf(t);
  const organ = await t.person("纪检", "brigade", [{ role: "discipline", unit: "brigade" }]);
  await h.send({ unitId: t.units.brigade });
  const held = await h.send({ purpose: "accuse", work: "unable" });
  expect(held.delayed).toBe(true);
  expect((await as(s.clerk).quarantine.list({})).total).toBe(0);
  const [item] = (await as(organ).quarantine.list({})).items;
  expect(item?.title).toBe("食堂伙食反复出问题");
  if (!item) throw new Error("the organ does not see it");
  await execute(t.kernel, writeMessage, byPetitioner(t, item.caseId), {
    text: "请尽快处理",
    visibility: "petitioner",
    fileIds: [],
  });
  expect((await as(organ).cases.list({ view: "all" })).items).toEqual([]);
  expect(await as(organ).quarantine.letThrough({})).toEqual({ count: 1, left: 0 });
  expect((await as(organ).cases.list({ view: "all" })).items.map((i) => i.caseId)).toEqual([item.caseId]);
});
