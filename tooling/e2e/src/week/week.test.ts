import { afterAll, beforeAll, expect, test } from "vitest";
import { call, type House, openHouse } from "../house.ts";
import { choose } from "../show-box.ts";
import { type Arrived, type Matter, modules, type WayIn, waysIn, waysOf } from "./ways-in.ts";

// biome-ignore lint/style/noProcessEnv: how much of this is run is chosen outside.
const LONG = process.env.DOORSTEP_LONG === "1";
/** Ten hours a day in which people come, on five days: 2,000 matters; or the first two hours. */
const [HOURS, PER_HOUR] = LONG ? [50, 40] : [2, 20];
const HOURS_A_DAY = 10;

let house: House;
let ways: ReturnType<typeof waysOf>;
const arrived: Arrived[] = [];

beforeAll(async () => {
  house = await openHouse({
    now: "2026-03-02T01:00:00Z",
    people: [{ username: "organ", unit: "BRIGADE", roles: [{ role: "discipline" }] }],
  });
  for (const id of modules) await choose(house, id, "on");
  ways = waysOf(house);
  await ways.open();
}, 120_000);
afterAll(async () => {
  await ways?.close();
  await house?.[Symbol.asyncDispose]();
});

/** Every way in brings each kind, by name and without one. */
function matterOf(n: number): Matter {
  const turn = Math.floor(n / waysIn.length);
  const kind = (["solve", "accuse", "ask", "suggest", "solve"] as const)[turn % 5] ?? "solve";
  // everybody accuses alone, and whoever is in danger does not wait until others have signed
  const joint = wayOf(n) === "joint-petition/joint";
  const purpose = joint && kind === "accuse" ? "solve" : kind;
  // nor does a suggestion for the box speak of danger: what does is passed on as something else
  const mayBeDanger = !joint && !(purpose === "suggest" && wayOf(n) === "suggestion-box/box");
  return { n, purpose, danger: mayBeDanger && turn % 4 === 0, anonymous: turn % 3 === 1 };
}
const wayOf = (n: number): WayIn => waysIn[n % waysIn.length] ?? "online-petition/online";

const advance = async (by: string) => {
  const answer = await fetch(`${house.url}/test/clock`, { method: "POST", body: JSON.stringify({ advance: by }) });
  expect(answer.status).toBe(200);
};

/** What waits for a clerk: e-mail beside its text, and the box, whose suggestions are studied and whose other matters go on. */
async function sort(): Promise<void> {
  const byTitle = new Map(arrived.map(({ matter }) => [ways.titled(matter), matter]));
  const matterIn = (title: string): Matter => {
    const matter = byTitle.get(title);
    if (!matter) throw new Error("something that nobody brought");
    return matter;
  };
  for (;;) {
    const { waiting } = await ways.by("clerk", "p/mail-in/list", {});
    if (waiting.length === 0) break;
    for (const { mailId, subject } of waiting)
      await ways.by("clerk", "p/mail-in/file", { mailId, taken: ways.taken(matterIn(subject)) });
  }
  for (const { suggestionId: id, title, state } of await ways.by("clerk", "p/suggestion-box/box", {})) {
    const { purpose, danger } = matterIn(title);
    const passed = { purpose, concernsLeader: false, urgentSafety: danger };
    if (purpose !== "suggest") await ways.by("clerk", "p/suggestion-box/passOn", { id, ...passed });
    else if (state === "new")
      await ways.by("clerk", "p/suggestion-box/study", { id, withIds: [], title, body: `${title}。请研究。` });
  }
}

interface Kept {
  readonly caseId: string;
  readonly title: string;
  readonly way: WayIn;
  readonly sealed: boolean;
  readonly organ: boolean;
  readonly holder: string;
  readonly paged: boolean;
  readonly clocks: number;
}

/** Every petition of the house, as the tables have it. */
async function keptNow(): Promise<readonly Kept[]> {
  const { rows } = await house.server.database.pool.query<Kept>(
    `select c.id as "caseId", c.title, c.channel_key as way, c.confidentiality = 3 as sealed, c.organ_id is not null as organ,
       u.code as holder, exists (select 1 from kernel.duty_pages p where p.case_id = c.id) as paged,
       (select count(*)::int from kernel.clocks k where k.case_id = c.id and k.state in ('running', 'breached')) as clocks
     from kernel.cases c join kernel.units u on u.id = c.holder_unit_id`,
  );
  return rows;
}
const isAccusation = ({ matter }: Arrived): boolean => matter.purpose === "accuse";

/** An accusation has no title outside of its envelope: it is counted by its way in. */
const countOf = (some: readonly { readonly way: string }[]) =>
  Object.fromEntries(waysIn.map((way) => [way, some.filter((one) => one.way === way).length]));

async function answerTo(who: string, caseId: string): Promise<string> {
  const answer = await ways.by(who, "cases.get", { caseId }).catch((error: unknown) => String(error));
  return typeof answer === "string" ? (/"code":"([\w.]+)"/.exec(answer)?.[1] ?? answer) : "seen";
}

async function hourOf(hour: number): Promise<void> {
  for (let n = hour * PER_HOUR; n < (hour + 1) * PER_HOUR; n += 1)
    arrived.push(await ways.bring(wayOf(n), matterOf(n)));
  // in which the mailbox is read
  await advance("PT6M");
  await sort();
  await ways.meetDanger();
  const isEvening = (hour + 1) % HOURS_A_DAY === 0;
  await advance(isEvening ? "PT14H54M" : "PT54M");
  if (isEvening) ways.forgetSessions();
}

test("a week over ten ways in: every matter is one petition with one holder and its clocks", {
  timeout: 3_600_000,
}, async () => {
  for (let hour = 0; hour < HOURS; hour += 1) await hourOf(hour);

  const kept = await keptNow();
  const byTitle = new Map(kept.map((one) => [one.title, one]));
  for (const { matter, way } of arrived.filter((one) => !isAccusation(one)))
    expect([way, matter, byTitle.get(ways.titled(matter))]).toEqual([
      way,
      matter,
      expect.objectContaining({ way, sealed: false, holder: "FIRST", paged: matter.danger }),
    ]);
  expect(kept.length).toBe(HOURS * PER_HOUR);
  expect(kept.filter((one) => one.clocks === 0)).toEqual([]);
  await advance("PT1M");
  const { rows: proofs } = await house.server.database.pool.query(
    "select cases, (select count(*)::int from kernel.proof_items) as items from kernel.proofs order by started_at desc limit 1",
  );
  // accusations are counted for their organ alone
  expect(proofs).toEqual([{ cases: kept.filter((one) => !one.sealed).length, items: 0 }]);
});

test("every accusation, whichever way it came, is with the organ and seen by nobody of the unit", async () => {
  const sealed = (await keptNow()).filter((one) => one.sealed);
  expect(countOf(sealed)).toEqual(countOf(arrived.filter(isAccusation)));
  expect(sealed.filter((one) => !one.organ)).toEqual([]);
  for (const who of ["clerk", "officer", "handler"])
    for (const { caseId } of sealed) expect([who, await answerTo(who, caseId)]).toEqual([who, "case.notFound"]);
});

test("every code that was given leads to the matter it was given for", async () => {
  const byId = new Map((await keptNow()).map((one) => [one.caseId, one]));
  const coded = arrived.filter((one) => one.returnCode !== null);
  expect(countOf(coded)["online-petition/online"]).toBe(HOURS * (PER_HOUR / waysIn.length));
  for (const one of coded) {
    const { caseId } = await call(house.url, "", "intake.track", { code: one.returnCode });
    const found = byId.get(caseId);
    const title = isAccusation(one) ? found?.title : ways.titled(one.matter);
    expect(found).toMatchObject({ way: one.way, sealed: isAccusation(one), title });
  }
});
