import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import server from "../server.ts";
import { cited, grounds } from "./grounds.ts";
import { recordsOf } from "./records.ts";

const TODAY = "2026-03-02";

let host: TestHost<typeof server>;
type Rpc = ReturnType<TestHost<typeof server>["as"]>;
let organ: Rpc;
let above: Rpc;
let caseId = "";

const refused = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work;
    return "done";
  } catch (error) {
    const { data } = error as { data?: { code: string; params: { reason?: string } } };
    return data?.params.reason ?? data?.code ?? error;
  }
};
const idOf = async (name: string): Promise<string> =>
  String((await host.kernelSql("select id from kernel.people where name = $1", [name]))[0]?.id);
const held = (more: object = {}) =>
  ({
    ...{ recordId: randomUUID(), about: "营房股股长", personId: null, ground: "45-1", grade: "direct", opposed: false },
    ...{ measure: "admonition", words: "一个月没有人管", decidedBy: "旅党委", decidedOn: TODAY, ...more },
  }) as never;

beforeAll(async () => {
  host = await createTestHost(server, { root: join(import.meta.dirname, "../.."), now: `${TODAY}T02:00:00.000Z` });
  organ = host.as("discipline");
  above = host.as("supervisor");
  await Promise.all([organ.organRecords.query(), above.list.query({}), host.as("officer").toAnswer.query()]);
  await host.events.emit("case.redo");
  caseId = String((await host.kernelSql("select id from kernel.cases"))[0]?.id);
}, 120_000);
afterAll(() => host[Symbol.asyncDispose]());
beforeEach(async () => {
  await host.kernelSql("delete from kernel.organ_records");
  await host.sql("delete from p_supervision.matters");
});

test("who was held accountable is read by the organ alone, sealed, and told to personnel on paper", async () => {
  const one = held();
  await organ.holdAccountable.mutate(one);
  await organ.holdAccountable.mutate(one);
  const [kept, ...more] = await organ.organRecords.query();
  expect(more).toEqual([]);
  expect(kept?.data).toMatchObject({ about: "营房股股长", ground: "45-1", personnelToldOn: null });
  const recordId = kept?.recordId ?? "";
  await organ.personnelTold.mutate({ recordId, on: TODAY });
  expect((await organ.organRecords.query())[0]?.data).toMatchObject({ personnelToldOn: TODAY });
  expect(JSON.stringify(await host.kernelSql("select * from kernel.organ_records"))).not.toContain("营房股");
  for (const [more_, reason] of [
    [{ opposed: true }, "opposed"],
    [{ decidedOn: "2026-03-03" }, "day"],
    [{ personId: await idOf("discipline brigade") }, "aboutSelf"],
  ] as const)
    expect([more_, await refused(organ.holdAccountable.mutate(held(more_)))]).toEqual([more_, reason]);
  expect(await refused(organ.personnelTold.mutate({ recordId: randomUUID(), on: TODAY }))).toBe("record");
});

test("nobody else learns of it, whatever he asks, and for whoever it is about it does not exist", async () => {
  await organ.holdAccountable.mutate(held());
  const [kept] = await organ.organRecords.query();
  const recordId = kept?.recordId ?? "";
  for (const role of ["supervisor", "officer", "signer", "chargeLeader", "auditor", "unitAdmin", "petitioner"] as const)
    for (const id of [recordId, randomUUID()])
      for (const call of [
        () => host.as(role).organRecords.query(),
        () => host.as(role).personnelTold.mutate({ recordId: id, on: TODAY }),
        () => host.as(role).clearingTold.mutate({ recordId: id, on: TODAY }),
        () => host.as(role).endedAccusations.query(),
      ])
        expect([role, await refused(call())]).toEqual([role, "forbidden"]);
  expect(await host.as("discipline", "first").organRecords.query()).toEqual([]);
  expect(await refused(host.as("discipline", "first").personnelTold.mutate({ recordId, on: TODAY }))).toBe("record");

  // Two members of one organ: what is about one of them is read by the other alone.
  const [me, other] = [randomUUID(), randomUUID()];
  const about = (personId: string | null) => ({
    ...(held({ personId }) as object),
    kind: "accountability",
    personnelToldOn: null,
  });
  const records = [about(me), about(other), about(null)].map((data) => ({ recordId: randomUUID(), version: 1, data }));
  const organs = { mine: async () => [{ organId: randomUUID(), unitId: "" }], list: async () => records };
  const seen = await recordsOf({ organs, user: { id: me }, unit: { id: "" } } as never);
  expect(seen.map((one) => one.recordId)).toEqual(records.slice(1).map((one) => one.recordId));
});

test("whoever supervises recommends it at the last step, cannot read it back, and the matter keeps nothing", async () => {
  const { matterId } = await above.raise.mutate({ caseId, code: "shifting", why: "互相推，一个月没有人管" });
  const one = { matterId, recordId: randomUUID(), words: "挂牌以后仍不整改，建议追究责任" };
  expect(await refused(above.recommendAccountability.mutate(one))).toBe("notLast");
  await host.sql("update p_supervision.matters set rung = 'listed', state = 'asked'");
  const before = await above.one.query({ matterId });
  await above.recommendAccountability.mutate(one);
  await above.recommendAccountability.mutate({ ...one, words: "第二次按下" });
  expect(await above.one.query({ matterId })).toEqual(before);
  expect((await organ.organRecords.query()).map((record) => record.data)).toMatchObject([
    { kind: "recommended", unit: "brigade单位", words: one.words },
  ]);
  expect(await refused(above.organRecords.query())).toBe("forbidden");
  expect(await refused(host.as("officer").recommendAccountability.mutate(one))).toBe("forbidden");
});

test("a name is cleared step by step, after the accusation has ended, and the letter says nothing of who reported", async () => {
  const one = {
    ...{ recordId: randomUUID(), caseId, respondent: "王连长", personId: null },
    finding: { number: "旅纪〔2026〕3号", on: "2026-03-01" },
  };
  expect(await refused(organ.openClearing.mutate(one))).toBe("accusation");
  const { organId } = (
    await host.kernelSql(`select id as "organId" from kernel.offices where unit_id = $1 and kind = 'disciplineOrgan'`, [
      host.units.brigade.id,
    ])
  )[0] as { organId: string };
  const [was] = await host.kernelSql("select title, case_no, status, category, track from kernel.cases where id = $1", [
    caseId,
  ]);
  await host.kernelSql(
    "update kernel.cases set category = 'accusation', confidentiality = 3, organ_id = $2 where id = $1",
    [caseId, organId],
  );
  await host.kernelSql(
    `delete from kernel.case_audience where case_id = $1 and ctid <> (select min(ctid) from kernel.case_audience where case_id = $1)`,
    [caseId],
  );
  await host.kernelSql("update kernel.case_audience set key = $2, depth = 0 where case_id = $1", [caseId, organId]);
  expect(await refused(organ.openClearing.mutate(one))).toBe("notEnded");
  await host.kernelSql("update kernel.cases set status = 'archived' where id = $1", [caseId]);
  await organ.openClearing.mutate(one);
  await organ.openClearing.mutate(one);
  const [kept] = await organ.organRecords.query();
  for (const words of [kept?.letter?.["zh-CN"], kept?.letter?.en])
    for (const secret of [String(was?.title), String(was?.case_no)]) expect(words).not.toContain(secret);
  expect(kept?.letter?.["zh-CN"]).toContain("王连长");

  const { recordId } = one;
  const wish = { recordId, circle: "三连", on: TODAY };
  const given = { recordId, words: "经核查，反映王连长的问题不属实", givenOn: TODAY };
  expect(await refused(organ.clearingWished.mutate(wish))).toBe("order");
  expect(await refused(organ.clearingClarified.mutate(given))).toBe("order");
  expect(await refused(organ.clearingTold.mutate({ recordId, on: "2026-03-01" }))).toBe("day");
  await organ.clearingTold.mutate({ recordId, on: TODAY });
  await organ.clearingTold.mutate({ recordId, on: TODAY });
  expect(await refused(organ.clearingClarified.mutate(given))).toBe("order");
  await organ.clearingWished.mutate(wish);
  await organ.clearingClarified.mutate(given);
  await organ.clearingClarified.mutate(given);
  expect(await refused(organ.clearingClarified.mutate({ ...given, words: "改写以后的澄清" }))).toBe("order");
  expect((await organ.organRecords.query())[0]?.data).toMatchObject({
    ...{ toldOn: TODAY, wish: { circle: "三连" }, clarification: { words: given.words } },
  });
  expect(JSON.stringify(await host.sql("select * from p_supervision.matters"))).not.toContain("王连长");
});

test("an article is cited as statutes write it", () => {
  expect(grounds.map((one) => cited(one, "zh-CN"))).toEqual(
    expect.arrayContaining(["第四十二条第三项", "第四十三条", "第四十六条第七项"]),
  );
  expect([cited("43", "en"), cited("42-3", "en")]).toEqual(["article 43", "article 42 (3)"]);
});
