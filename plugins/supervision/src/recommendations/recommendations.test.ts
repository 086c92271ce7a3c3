import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import server from "../server.ts";

let host: TestHost<typeof server>;
type Rpc = ReturnType<TestHost<typeof server>["as"]>;
let brigade: Rpc;
let first: Rpc;

const refused = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    await work;
    return "done";
  } catch (error) {
    const { data } = error as { data?: { code: string; params: { reason?: string } } };
    return data?.params.reason ?? data?.code ?? error;
  }
};
const told = async () =>
  (
    await host.kernelSql(
      `select p.name, n.params->>'en' as en from kernel.notifications n join kernel.people p on p.id = n.recipient
        where n.kind = 'module' order by p.name, n.at`,
    )
  ).map(({ name, en }) => `${name}: ${en}`);
const given = (more: object = {}) =>
  ({
    ...{ recommendationId: randomUUID(), toUnit: host.units.first.id, kind: "improvePolicy" },
    ...{ words: "定一个先修后报的办法", evidence: "半年里十二件维修事项等预算", ...more },
  }) as never;

beforeAll(async () => {
  host = await createTestHost(server, { root: join(import.meta.dirname, "../.."), now: "2026-03-02T02:00:00.000Z" });
  brigade = host.as("supervisor");
  first = host.as("officer", "first");
  await Promise.all([
    brigade.list.query({}),
    first.toAnswer.query(),
    host.as("chargeLeader").ofCase.query({ caseId: randomUUID() }),
  ]);
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());
beforeEach(async () => {
  await host.sql("delete from p_supervision.recommendations");
  await host.kernelSql("delete from kernel.notifications");
});

test("a unit has thirty days to answer in writing, and an answer stays as it is", async () => {
  const one = given();
  await brigade.recommend.mutate(one);
  await brigade.recommend.mutate(one);
  const [sent, ...more] = await brigade.recommendations.query();
  expect(sent?.letters).toMatchObject([{ letterId: sent?.recommendationId, kind: "recommendation", state: "toSign" }]);
  expect(more).toEqual([]);
  expect(sent).toMatchObject({ to: { en: "first unit" }, kind: "improvePolicy", dueOn: "2026-04-01", outcome: null });
  expect(await host.as("officer", "second").received.query()).toEqual([]);
  expect(await first.received.query()).toMatchObject([
    { from: { en: "brigade unit" }, evidence: "半年里十二件维修事项等预算" },
  ]);

  const recommendationId = sent?.recommendationId ?? "";
  const answer = { recommendationId, outcome: "partly" as const, reason: "五千元以下先修后报，其余仍要先批" };
  expect(await refused(first.respond.mutate({ ...answer, reason: "" }))).toBe("reason");
  expect(await refused(host.as("officer", "second").respond.mutate(answer))).toBe("recommendation");
  await first.respond.mutate(answer);
  await first.respond.mutate(answer);
  expect(await refused(first.respond.mutate({ ...answer, outcome: "adopted", reason: "" }))).toBe("answered");
  expect(await brigade.recommendations.query()).toMatchObject([
    { outcome: "partly", reason: answer.reason, answeredOn: "2026-03-02", isLate: false },
  ]);
});

test("it goes to units above, beside and right below, by whoever supervises", async () => {
  const { brigade: own, first: below, second, company } = host.units;
  expect((await brigade.recommendTo.query()).map((one) => one.id)).toEqual([below.id, second.id]);
  expect((await host.as("supervisor", "first").recommendTo.query()).map((one) => one.id)).toEqual([
    company.id,
    second.id,
    own.id,
  ]);
  for (const toUnit of [own.id, company.id])
    expect(await refused(brigade.recommend.mutate(given({ toUnit })))).toBe("recommendTo");
  const officer = host.as("officer");
  for (const call of [
    () => officer.recommend.mutate(given()),
    () => officer.recommendations.query(),
    () => officer.recommendTo.query(),
    () => brigade.received.query(),
    () => brigade.respond.mutate({ recommendationId: randomUUID(), outcome: "adopted", reason: "" }),
  ])
    expect(await refused(call())).toBe("forbidden");
});

test("the unit is told once, the unit above where nobody answered in time, and whoever recommended when somebody does", async () => {
  await brigade.recommend.mutate(given());
  await host.advance({ days: 1 });
  await host.advance({ days: 1 });
  expect(await told()).toEqual([
    "officer first: A recommendation has come in. Answer in writing by 2026-04-01 whether it is adopted.",
  ]);
  await host.advance({ days: 29 });
  await host.advance({ days: 1 });
  expect((await told()).filter((line) => line.includes("within thirty days")).toSorted()).toEqual([
    "chargeLeader brigade: A unit below has not answered a recommendation within thirty days. Please step in.",
    "supervisor brigade: A unit below has not answered a recommendation within thirty days. Please step in.",
  ]);
  const [sent] = await brigade.recommendations.query();
  expect(sent).toMatchObject({ isLate: true });
  await first.respond.mutate({ recommendationId: sent?.recommendationId ?? "", outcome: "adopted", reason: "" });
  await host.advance({ days: 1 });
  expect((await told()).filter((line) => line.includes("was answered"))).toEqual([
    "supervisor brigade: A recommendation was answered.",
  ]);
});

test("how many were answered, in time or late, and how many of those adopted is what one finds by counting them again", async () => {
  const outcomes = ["adopted", "partly", "notAdopted", null, "adopted"] as const;
  const all = Array.from({ length: 70 }, (_, n) => {
    const outcome = outcomes[n % 5] ?? null;
    const dueOn = n % 3 === 0 ? "2026-03-05" : "2026-04-03";
    const answeredOn = outcome && (n % 2 === 0 ? "2026-03-04" : "2026-04-20");
    return { outcome, dueOn, answeredOn, isLate: answeredOn !== null && answeredOn > dueOn };
  });
  for (const { outcome, dueOn, answeredOn } of all)
    await host.sql(
      `insert into p_supervision.recommendations (id, unit_id, path, to_unit, kind, words, evidence, sent_by, sent_at, due_on,
                                                  outcome, reason, answered_by, answered_on, answered_at)
       values (gen_random_uuid(), $1, array[$1::uuid], $2, 'improveWork', '公布结果', '十二件', gen_random_uuid(), '2026-02-01', $3,
               $4, '另行办理', $5, $6, $6::date)`,
      [host.units.brigade.id, host.units.first.id, dueOn, outcome, outcome && randomUUID(), answeredOn],
    );
  await host.advance({ days: 40 });
  for (const month of ["2026-03", "2026-04"]) {
    const due = all.filter((one) => one.dueOn.startsWith(month));
    const [answered, adopted, late] = [
      due.filter((one) => one.outcome),
      due.filter((one) => one.outcome === "adopted"),
      due.filter((one) => one.isLate),
    ].map((some) => some.length) as [number, number, number];
    const [released] = await host.kernelSql(
      `select w.total, w.figures from kernel.figure_rows w join kernel.figure_releases r on r.id = w.release_id
        where r.dataset = 'supervision/recommendations' and r.month = $1 and w.unit_id = $2 and not w.own
        order by r.number desc`,
      [month, host.units.first.id],
    );
    expect(released).toMatchObject({
      total: due.length,
      figures: { "+answered": { yes: answered }, "+adopted": { yes: adopted }, "+inTime": { yes: answered - late } },
    });
  }
});
