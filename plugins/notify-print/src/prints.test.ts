import { join } from "node:path";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import server from "./server.ts";

let host: TestHost<typeof server>;
let caseId = "";
const noticeId = crypto.randomUUID();

const codeOf = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work;
    return "done";
  } catch (error) {
    return (error as { data?: { code: string } }).data?.code ?? error;
  }
};

beforeAll(async () => {
  host = await createTestHost(server, { root: join(import.meta.dirname, ".."), now: "2026-03-02T02:00:00.000Z" });
  // whoever is asked as comes into being with his first call
  await host.as("clerk").printedOf.query({ caseIds: [crypto.randomUUID()] });
  await host.events.emit("case.replied");
  const [petition] = await host.kernelSql("select id from kernel.cases");
  caseId = String(petition?.id);
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());
beforeEach(() => host.sql("delete from p_notify_print.prints").then(() => undefined));

const clerk = () => host.as("clerk");

test("what was printed is known to whoever may see the petition, once, with the last time", async () => {
  await clerk().printed.mutate({ caseId, noticeId });
  await host.advance({ minutes: 5 });
  await clerk().printed.mutate({ caseId, noticeId });
  const [row, ...more] = await clerk().printedOf.query({ caseIds: [caseId] });
  expect(row).toEqual({ noticeId, printedAt: expect.stringMatching(/^2026-03-02T02:05/) });
  expect(more).toEqual([]);
});

test("nobody without the right, at another unit or for a petition that is none notes or reads it", async () => {
  await clerk().printed.mutate({ caseId, noticeId });
  expect(await codeOf(host.as("analyst").printed.mutate({ caseId, noticeId }))).toBe("forbidden");
  expect(await codeOf(host.as("analyst").printedOf.query({ caseIds: [caseId] }))).toBe("forbidden");
  expect(await codeOf(host.as(null).printed.mutate({ caseId, noticeId }))).toBe("unauthorized");
  const elsewhere = host.as("clerk", "second");
  expect(await codeOf(elsewhere.printed.mutate({ caseId, noticeId }))).toBe("case.notFound");
  expect(await elsewhere.printedOf.query({ caseIds: [caseId] })).toEqual([]);
  expect(await codeOf(clerk().printed.mutate({ caseId: crypto.randomUUID(), noticeId }))).toBe("case.notFound");
});

test("of an accusation nothing is noted, and what became one leaves nothing", async () => {
  await clerk().printed.mutate({ caseId, noticeId });
  await host.kernelSql("update kernel.cases set category = 'accusation' where id = $1", [caseId]);
  expect(await codeOf(clerk().printed.mutate({ caseId, noticeId }))).toBe("case.notFound");
  expect(await clerk().printedOf.query({ caseIds: [caseId] })).toEqual([]);
  await host.kernelSql("update kernel.cases set confidentiality = 3 where id = $1", [caseId]);
  await host.advance({ days: 1, hours: 1 });
  expect(await host.sql("select * from p_notify_print.prints")).toEqual([]);
  await host.kernelSql("update kernel.cases set category = 'claim', confidentiality = 1 where id = $1", [caseId]);
});

test("it is forgotten after its days, and with the petition", async () => {
  await host.enable("brigade", { keepDays: 7 });
  await clerk().printed.mutate({ caseId, noticeId });
  await host.advance({ days: 6 });
  expect(await clerk().printedOf.query({ caseIds: [caseId] })).toHaveLength(1);
  await host.advance({ days: 3 });
  expect(await host.sql("select * from p_notify_print.prints")).toEqual([]);
  await clerk().printed.mutate({ caseId, noticeId });
  await host.events.emit("retention.destroyed");
  const [gone] = await host.kernelSql("select id from kernel.cases where id = $1", [caseId]);
  expect([gone?.id, await host.sql("select * from p_notify_print.prints")]).toEqual([caseId, []]);
});
