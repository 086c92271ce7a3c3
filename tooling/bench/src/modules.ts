import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memoryUsage } from "node:process";
import { LINE, rawArchive, testPublisher } from "@doorstep/plugin-host/testing";
import { ownKeyOf, type Platform } from "@doorstep/server";
import { sideBySide, type Work } from "./measure.ts";
import { callsAs, startBench } from "./open-bench.ts";
import { type Line, limitOf, ms, type Section, times } from "./report.ts";

const by = { by: "system", why: "bench" } as const;
const INSTALLED = 30;
const WELL = `${LINE} hear((m) => (m.type === "begin" ? post(ready) : m.type === "call" && answer(m.call, "well")));`;
const body = (what: string): string =>
  `${LINE} hear((m) => { if (m.type === "begin") return post(ready); if (m.type === "call") { ${what} } });`;

/** What a module may do to others, in the middle of its calls. */
const hostile: Readonly<Record<string, string>> = {
  "loops for ever": body("for (;;) {}"),
  "takes all memory": body("const all = []; for (;;) all.push(new Array(1e5).fill(0).map(() => ({ n: all.length })));"),
  "ends itself": body("process.exit(1);"),
};

interface House {
  readonly platform: Platform;
  readonly reader: Awaited<ReturnType<typeof callsAs>>;
  readonly keys: Readonly<Record<Where, string>>;
}
type Where = "thread" | "process";

const officeOf = ({ platform }: House) => {
  const { archives } = platform.host;
  if (!archives) throw new Error("nothing can be installed");
  return archives;
};

/** What the platform's own key signed runs in a thread, the rest in a process. */
const install = async (house: House, where: Where, id: string, server: string): Promise<void> => {
  const archive = await rawArchive({ id, server, privateKey: house.keys[where] });
  await officeOf(house).install(archive, [], by);
};

/** One call of a module's procedure, as nobody in particular. */
const callOf =
  ({ platform }: House, id: string): Work =>
  () =>
    platform.host.handle(
      id,
      new Request(`http://bench/rpc/p/${id}/go`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: "{}",
      }),
      {
        context: {
          kernel: platform.kernel,
          actor: undefined,
          codeCaseId: undefined,
          requestId: "bench",
          origin: "bench",
          setCodeCase: () => undefined,
        },
        unitId: null,
      },
    );

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const CALLS = 300;

/** Calls one after the other; the times of each. */
async function timesOf(work: Work): Promise<readonly number[]> {
  const found: number[] = [];
  while (found.length < CALLS) {
    const since = performance.now();
    await work(found.length);
    found.push(performance.now() - since);
  }
  return found;
}

/** A neighbour's call and a kernel procedure while another module misbehaves, beside the same in peace. */
async function neighbours(house: House, where: Where): Promise<Line[]> {
  const lines: Line[] = [];
  const [friend, foe] = [`neighbour-${where}`, `hostile-${where}`];
  await install(house, where, friend, WELL);
  const ways = [
    ["the neighbour's procedure", callOf(house, friend)],
    ["`units.tree`", () => house.reader.units.tree({})],
  ] as const satisfies readonly (readonly [string, Work])[];
  for (const [, work] of ways) for (let i = 0; i < 50; i += 1) await work(i);
  for (const [name, server] of Object.entries(hostile)) {
    const peace: number[] = [];
    for (const [, work] of ways) peace.push(median(await timesOf(work)));
    await install(house, where, foe, server);
    const attack = callOf(house, foe);
    for (const [n, [what, work]] of ways.entries()) {
      let going = true;
      const attacking = (async () => {
        while (going) {
          // its pauses are taken away, so that it goes on
          house.platform.host.release(foe);
          await attack(0);
        }
      })();
      const war = median(await timesOf(work));
      going = false;
      await attacking;
      const before = peace[n] ?? Number.NaN;
      lines.push({
        what: `${what} while a ${where} ${name}`,
        figure: ms(war),
        baseline: ms(before),
        ratio: times(war / before),
      });
    }
    await officeOf(house).end(foe, by);
  }
  return lines;
}

/** Kernel procedures with thirty modules installed, beside none: before, with, and after, in the same house. */
async function thirty(house: House): Promise<Line[]> {
  const { reader } = house;
  const ways = {
    "session.me": () => reader.session.me({}),
    "units.tree": () => reader.units.tree({}),
    "cases.counts": () => reader.cases.counts({}),
  } as const satisfies Record<string, Work>;
  const measure = () => sideBySide(ways, { warmUp: 60, rounds: 12, perRound: 25 });
  const before = await measure();
  for (let n = 0; n < INSTALLED; n += 1) await install(house, n % 2 === 0 ? "thread" : "process", `m${n}`, WELL);
  const between = await measure();
  for (let n = 0; n < INSTALLED; n += 1) await officeOf(house).end(`m${n}`, by);
  const after = await measure();
  return (Object.keys(ways) as (keyof typeof ways)[]).map((name) => {
    const alone = (before[name].median + after[name].median) / 2;
    const ratio = between[name].median / alone;
    return {
      what: `\`${name}\`, ${INSTALLED} modules installed (half of them threads)`,
      figure: ms(between[name].median),
      baseline: ms(alone),
      ratio: times(ratio),
      limit: limitOf("<= 1.05 x", ratio, 1.05),
    };
  });
}

/** Memory and start of one module, by where it runs. */
async function costs(house: House, where: Where): Promise<Line[]> {
  const office = officeOf(house);
  const rss = memoryUsage().rss;
  const COUNT = 8;
  for (let n = 0; n < COUNT; n += 1) await install(house, where, `${where}-${n}`, WELL);
  const own = await Promise.all(
    Array.from(
      { length: COUNT },
      async (_, n) => (await house.platform.host.snapshot().plugins.get(`${where}-${n}`)?.remote?.runs.memory()) ?? 0,
    ),
  );
  const bytes = where === "thread" ? (memoryUsage().rss - rss) / COUNT : median(own);
  const starts: number[] = [];
  for (let n = 0; n < COUNT; n += 1) {
    const [version] = await office.versions(`${where}-${n}`);
    await office.end(`${where}-${n}`, by);
    const since = performance.now();
    await office.rollBack({ pluginId: `${where}-${n}`, digest: version?.digest ?? "" }, by);
    starts.push(performance.now() - since);
  }
  for (let n = 0; n < COUNT; n += 1) await office.end(`${where}-${n}`, by);
  return [
    { what: `memory of one ${where}`, figure: `${(bytes / 2 ** 20).toFixed(1)} MB`, baseline: "", ratio: "" },
    { what: `one ${where} back in service, from the decision on`, figure: ms(median(starts)), baseline: "", ratio: "" },
  ];
}

/** What modules cost that are installed, and what one that misbehaves costs the others. */
export async function benchModules(): Promise<Section> {
  const dataDir = mkdtempSync(join(tmpdir(), "doorstep-bench-modules-"));
  const server = await startBench(dataDir, () => new Date());
  try {
    const { platform } = server;
    const { rows } = await platform.database.owner.query<{ id: string }>(
      "select person_id as id from kernel.role_grants where role = 'officer' limit 1",
    );
    const elsewhere = testPublisher("elsewhere");
    const thread = await ownKeyOf({ dataDir, keyFile: undefined, keyCommand: undefined });
    const reader = await callsAs(platform, { personId: rows[0]?.id ?? "" });
    const house: House = { platform, reader, keys: { thread, process: elsewhere.privateKey } };
    await officeOf(house).trust({ name: "elsewhere", publicKey: elsewhere.publisher.publicKey }, by);
    return {
      title: "Modules",
      how: "Real archives in a running server with the demo, the smallest that answer (300 bytes of code). Thirty modules: baseline is the mean of before they were installed and after they were ended. A neighbour's call and a kernel procedure one after the other while another module does its worst without pause (its pauses are taken away, so that it goes on); baseline: the same house in peace. The memory of threads is what the server's own process grows by, that of processes what the system says each holds.",
      lines: [
        ...(await thirty(house)),
        ...(await costs(house, "thread")),
        ...(await costs(house, "process")),
        ...(await neighbours(house, "thread")),
        ...(await neighbours(house, "process")),
      ],
    };
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
