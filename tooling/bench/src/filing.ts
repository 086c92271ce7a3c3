import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "@doorstep/database";
import type { Kernel } from "@doorstep/kernel";
import { copyTables, createMemoryPool, type Filing, fileCase, type Row } from "@doorstep/kernel/bulk";
import type { Pool } from "pg";
import { sideBySide, type Work } from "./measure.ts";
import { startBench } from "./open-bench.ts";
import { limitOf, ms, type Section, times } from "./report.ts";

const anonymous = { actor: "anonymous", petitionerId: null };

const filing = (unitId: string, n: number): Filing => ({
  key: `bench-${n}-${process.pid}-0123456789`,
  unitId,
  via: "online",
  channelKey: "online-petition/online",
  channelLabel: { "zh-CN": "网上填写", en: "Fill in online" },
  purpose: "solve",
  title: "公寓房窗户漏雨，两次报修无人回复",
  body: "房间窗户一下雨就漏，窗台和床铺都湿了。3日、7日两次报修，登记了但一直没有人来看。The window leaks.",
  alreadyTried: "两次报修",
  desiredOutcome: "把窗户修好",
  concernsLeader: false,
  urgentSafety: false,
  anonymity: "named",
  petitioner: { name: "石某", kind: "nco", contact: "0000-555 1101", filingFor: "self" },
  headcount: 1,
  fileIds: [],
  locale: "zh-CN",
});

interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

const parameter = (value: unknown, column: string): unknown =>
  value !== null && typeof value === "object" && column !== "flags" ? JSON.stringify(value) : value;

/** The very rows of one filing as one prepared insert a table, as somebody would write them by hand. */
function insertsOf(tables: ReadonlyMap<string, readonly Row[]>): readonly Statement[] {
  return copyTables.flatMap(({ table, columns }) => {
    const rows = tables.get(table.slice(table.indexOf(".") + 1)) ?? [];
    if (rows.length === 0) return [];
    const used = columns.filter((column) => rows.some((row) => row[column] !== null && row[column] !== undefined));
    let n = 0;
    const tuples = rows.map(() => `(${used.map(() => `$${++n}`).join(", ")})`).join(", ");
    return [
      {
        name: `raw_${table}_${rows.length}_${used.length}`,
        text: `insert into ${table} (${used.join(", ")}) values ${tuples}`,
        values: rows.flatMap((row) => used.map((column) => parameter(row[column], column))),
      },
    ];
  });
}

/** All of them in one transaction, each awaited, or sent together. */
async function writeRaw(pool: Pool, statements: readonly Statement[], isPipelined: boolean): Promise<void> {
  const client = await pool.connect();
  const all = ["begin", ...statements.map((one) => ({ ...one, values: [...one.values] })), "commit"];
  try {
    if (isPipelined) await Promise.all(all.map((one) => client.query(one as string)));
    else for (const one of all) await client.query(one as string);
  } finally {
    client.release();
  }
}

/** Rows of filings made beforehand, so that the baseline pays for writing alone. */
async function prepareRaw(kernel: Kernel, unitId: string, count: number): Promise<readonly (readonly Statement[])[]> {
  const memory = createMemoryPool(kernel.pool);
  const inMemory: Kernel = { ...kernel, pool: memory.pool };
  const made: (readonly Statement[])[] = [];
  for (let n = 0; n < count; n++) {
    await fileCase(inMemory, filing(unitId, 1_000_000 + n), anonymous);
    made.push(insertsOf(memory.take()));
  }
  return made;
}

/** A connection kept open, as a browser keeps it; lighter than `fetch`, whose own work would be counted too. */
function httpFiling(port: number, unitId: string, agent: Agent): Work {
  return (n) =>
    new Promise<void>((resolve, reject) => {
      const { via, channelKey, channelLabel: _label, ...typed } = filing(unitId, 2_000_000 + n);
      const body = JSON.stringify({ ...typed, via, channel: channelKey });
      const headers = {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(body),
        origin: `http://127.0.0.1:${port}`,
      };
      const sent = request(
        { port, host: "127.0.0.1", method: "POST", path: "/rpc/intake.file", agent, headers },
        (got) => {
          if (got.statusCode !== 200) reject(new Error(`filing through HTTP: ${got.statusCode}`));
          got.resume().once("end", resolve);
        },
      );
      sent.once("error", reject).end(body);
    });
}

const LIMIT_HTTP = 3;
const LIMIT_KERNEL = 1.5;

export async function benchFiling(): Promise<Section> {
  const dataDir = mkdtempSync(join(tmpdir(), "doorstep-bench-"));
  // the limiter of requests counts by this clock: it moves on, so that the benchmark is not taken for a flood
  let ahead = 0;
  const server = await startBench(dataDir, () => new Date(Date.now() + ahead));
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const raw = connect(server.platform.database.ownerUrl, { max: 1 });
  try {
    const { kernel } = server.platform;
    const { rows } = await kernel.pool.query<{ id: string }>("select id from kernel.units where code = 'DEMO'");
    const unitId = rows[0]?.id ?? "";
    const rounds = { warmUp: 100, rounds: 25, perRound: 16 };
    const prepared = await prepareRaw(kernel, unitId, 2 * (rounds.warmUp + rounds.rounds * rounds.perRound));
    let next = 0;
    const overHttp = httpFiling(server.port, unitId, agent);
    const took = await sideBySide(
      {
        raw: () => writeRaw(raw, prepared[next++] ?? [], false),
        pipelined: () => writeRaw(raw, prepared[next++] ?? [], true),
        kernel: (n) => fileCase(kernel, filing(unitId, n), anonymous),
        http: async (n) => {
          ahead += 10;
          await overHttp(n);
        },
      },
      rounds,
    );
    const line = (what: string, way: "kernel" | "http" | "pipelined", most?: number) => {
      const ratio = took[way].median / took.raw.median;
      return {
        what,
        figure: `${ms(took[way].median)} (p95 ${ms(took[way].p95)})`,
        baseline: ms(took.raw.median),
        ratio: times(ratio),
        limit: most === undefined ? undefined : limitOf(`<= ${most} x`, ratio, most),
      };
    };
    return {
      title: "Filing a petition",
      how: `One named petition with contact: the case, its vault record, clocks, receipt, audience, ledger entry and event. Baseline: the very same rows (made beforehand) by prepared inserts in one transaction, one a table, statement after statement. One client, on the server's own machine, ${rounds.rounds} rounds of ${rounds.perRound}.`,
      lines: [
        line("raw rows, all statements sent together", "pipelined"),
        line("inside the kernel (`fileCase`)", "kernel", LIMIT_KERNEL),
        line("through HTTP (`POST /rpc/intake.file`)", "http", LIMIT_HTTP),
      ],
    };
  } finally {
    agent.destroy();
    await raw.end();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
