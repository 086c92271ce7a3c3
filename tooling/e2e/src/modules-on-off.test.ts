import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call, type House, openHouse, signIn } from "./house.ts";
import { type Filed, petitionsOf } from "./petition-walk.ts";

// biome-ignore lint/style/noProcessEnv: how much of this is run is chosen outside.
const LONG = process.env.DOORSTEP_LONG === "1";

let house: House;
let petitions: ReturnType<typeof petitionsOf>;
let modules: readonly string[];

beforeAll(async () => {
  house = await openHouse({ now: "2026-03-02T02:00:00Z" });
  petitions = petitionsOf(house);
  modules = (await matrix()).modules.filter((one) => one.state === "active").map((one) => one.id);
}, 120_000);
afterAll(() => house?.[Symbol.asyncDispose]());

interface Matrix {
  readonly revision: number;
  readonly modules: readonly { readonly id: string; readonly state: string }[];
}
const matrix = async (): Promise<Matrix> => call(house.url, await signIn(house.url, "admin"), "modules.matrix", {});

/** Switches exactly these on at the battalion, all others off. */
async function switchOn(on: readonly string[]): Promise<void> {
  const admin = await petitions.cookieOf("admin");
  const { revision } = await call(house.url, admin, "modules.matrix", {});
  await call(house.url, admin, "modules.choose", {
    revision,
    changes: modules.map((pluginId) => ({
      unitId: house.units.get("FIRST"),
      pluginId,
      choice: on.includes(pluginId) ? "on" : "off",
      why: "试开试关",
    })),
  });
}

/** What a clerk, an officer, a handler and a signer do to a petition that came on paper, one after the other. */
const steps: readonly ((filed: Filed) => Promise<unknown>)[] = [
  (filed) => petitions.register("clerk", filed.caseId),
  (filed) => petitions.act("officer", "cases.accept", filed.caseId, { office: "营房股" }),
  (filed) => petitions.assigned(filed),
  (filed) => petitions.replied(filed),
  (filed) => petitions.handedOver(filed),
];

/** Carries a new petition to its delivered reply, with other modules on at each step. */
async function walk(patterns: readonly (readonly string[])[]): Promise<Filed> {
  await switchOn(patterns[0] ?? []);
  const filed = await petitions.paper("clerk", "FIRST", "宿舍漏雨");
  for (const [at, step] of steps.entries()) {
    await switchOn(patterns[at + 1] ?? []);
    for (const who of ["clerk", "officer"]) expect(await seenBy(who, filed), `${who}, before step ${at}`).toBe(true);
    await step(filed);
  }
  return filed;
}

async function seenBy(who: string, filed: Filed): Promise<boolean> {
  const { items } = (await petitions.by(who, "cases.list", { view: "all" })) as { items: { caseId: string }[] };
  const view = await petitions.by(who, "cases.get", { caseId: filed.caseId });
  return items.some((item) => item.caseId === filed.caseId) && view.caseNo === filed.caseNo;
}

/** All that the kernel keeps of a petition's course, without what names this one. */
async function courseOf({ caseId }: Filed): Promise<unknown> {
  const { rows } = await house.server.database.pool.query(
    `select c.status, c.level, c.track, c.confidentiality,
       (select json_agg(json_build_array(k.code, k.state, k.due_on, k.excluded) order by k.code, k.started_at, k.due_on)
          from kernel.clocks k where k.case_id = c.id) as clocks,
       (select json_agg(json_build_array(n.code, n.state) order by n.code, n.created_at)
          from kernel.notices n where n.case_id = c.id) as notices,
       (select json_agg(l.type order by l.seq) from kernel.ledger l where l.stream = c.id) as ledger
     from kernel.cases c where c.id = $1`,
    [caseId],
  );
  return rows[0];
}

test("a unit without any module receives, handles and answers a petition; each switched on and off amid it changes nothing", async () => {
  const plain = await courseOf(await walk([]));
  expect(plain).toMatchObject({ status: "replied" });

  const all = steps.map((_, at) => (at % 2 === 0 ? modules : []));
  expect(await courseOf(await walk([[], ...all]))).toEqual(plain);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.subarray([...modules]), { minLength: steps.length + 1, maxLength: steps.length + 1, size: "max" }),
      async (patterns) => {
        expect(await courseOf(await walk(patterns))).toEqual(plain);
      },
    ),
    LONG ? { numRuns: 200 } : { numRuns: 5, seed: 20_260_302 },
  );
}, 600_000);
