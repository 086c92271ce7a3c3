import process from "node:process";
import { expect, test } from "vitest";
import { call } from "../house.ts";
import { killAmidInstalls } from "./kill-amid-installs.ts";
import { KillableServer } from "./killable-server.ts";
import { type Acknowledged, type Staff, staffOf, Work, workUntil } from "./work.ts";

// biome-ignore lint/style/noProcessEnv: how long to look is said by whoever starts the tests.
const LONG = process.env.DOORSTEP_LONG === "1";
const KILLS = LONG ? 100 : 2;
const INSTALLS = LONG ? 30 : 1;
const LANES = 4;
/** A kill anywhere between these: the first petitions are under way, none, or many are done. */
const SHORTEST_MS = 150;
const LONGEST_MS = 1_150;

/** Spread over the whole span, the same in every run: no two kills at the same moment of the work. */
const after = (round: number): number =>
  SHORTEST_MS + Math.round((LONGEST_MS - SHORTEST_MS) * ((round * 0.618_034) % 1));

interface CaseSeen {
  readonly caseId: string;
  readonly version: number;
  readonly state: string;
  readonly thread: readonly unknown[];
  readonly clocks: readonly { readonly code: string; readonly state: string; readonly dueOn: string }[];
}

/** What the acts that were acknowledged must have left behind, by the number of those acts. */
const STATES = ["received", "registered", "accepted", "inHandling", "inHandling"];

/** Nothing that was acknowledged is missing, nothing was done by halves, no clock is double or on another day. */
async function expectWhole(server: KillableServer, staff: Staff, done: readonly Acknowledged[]): Promise<void> {
  const acts = new Map<string, number>();
  const filed = done.filter((a) => a.path === "intake.file");
  for (const a of done) if (a.path !== "intake.file") acts.set(a.result.caseId, a.result.version);
  const due = new Set<string>();
  for (const { result } of filed) {
    const seen: CaseSeen = await call(server.url, staff.officer, "cases.byNo", { caseNo: result.caseNo });
    const version = acts.get(seen.caseId) ?? 1;
    const what = [result.caseNo, seen.version];
    expect([...what, seen.version]).toEqual([...what, version]);
    expect([...what, seen.state]).toEqual([...what, STATES[version - 1]]);
    expect([...what, seen.thread.length]).toEqual([...what, version === 5 ? 1 : 0]);
    const running = (code: string) => seen.clocks.filter((k) => k.code === code && k.state === "running");
    expect([...what, running("K2").length, running("K4").length]).toEqual([
      ...what,
      version < 3 ? 1 : 0,
      version < 3 ? 0 : 1,
    ]);
    for (const k of running("K4")) due.add(k.dueOn);
  }
  // all were accepted today, or before and after one midnight
  expect(due.size).toBeLessThanOrEqual(2);
}

test(
  `${KILLS} x kill -9 of server and database under load: nothing acknowledged is lost, nothing is half done, a repeated key does nothing twice; a module is the old or the new one`,
  async () => {
    await using server = new KillableServer();
    await server.furnish();
    await server.start();
    const staff = await staffOf(server);
    const all: Acknowledged[] = [];
    let broken = 0;
    for (let round = 0; round < KILLS; round++) {
      const work = new Work(server, staff);
      await workUntil(work, LANES, after(round), () => server.kill(round % 2 === 0 ? "server" : "database"));
      broken += work.unanswered.length;
      await work.settle();
      await expectWhole(server, staff, work.acknowledged);
      all.push(...work.acknowledged);
    }
    expect(all.length).toBeGreaterThan(KILLS);
    expect(broken).toBeGreaterThan(0);
    for (const { cookie, path, input, result } of all)
      expect(await call(server.url, cookie, path, input)).toEqual(result);
    await expectWhole(server, staff, all);

    await killAmidInstalls(
      server,
      Array.from({ length: INSTALLS }, (_, round) => (after(round) * 2) / 3),
    );

    const proof = await server.doorstep("proof");
    expect([proof.code, JSON.parse(proof.said)]).toMatchObject([0, { ok: true }]);
    const ledger = await server.doorstep("ledger", "verify");
    expect([ledger.code, JSON.parse(ledger.said)]).toMatchObject([0, { ok: true, faults: [] }]);
    process.stdout.write(`${KILLS} kills, ${all.length} acts acknowledged, ${broken} broken off and repeated.\n`);
  },
  LONG ? 3_600_000 : 400_000,
);
