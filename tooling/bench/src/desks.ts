import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "@doorstep/database";
import { loadActor, type RequestContext } from "@doorstep/kernel";
import { mailIntake } from "./mail.ts";
import { sideBySide } from "./measure.ts";
import { callsAs, startBench } from "./open-bench.ts";
import { type Line, type Section, times } from "./report.ts";

export type Server = Awaited<ReturnType<typeof startBench>>;
type Answer = Readonly<Record<string, unknown>>;
interface Answered {
  readonly result?: { readonly data: Answer };
  readonly error?: { readonly data: { readonly code: string } };
}

const LETTERS = 1_000;
const PAGE_BYTES = 200_000;
const VISITORS = 200;
const DAYS = 7;

export const idOf = async ({ platform }: Server, table: string, column: string, value: string): Promise<string> => {
  const { rows } = await platform.kernel.pool.query<{ id: string }>(
    `select id from kernel.${table} where ${column} = $1`,
    [value],
  );
  return rows[0]?.id ?? "";
};

/** Procedures of a module, as a person of the demo or as nobody, about the brigade; of several at once the first answer. */
export async function moduleOf(server: Server, id: string, username: string | null) {
  const { kernel, host } = server.platform;
  const unitId = await idOf(server, "units", "code", "DEMO");
  const actor =
    username === null
      ? undefined
      : await loadActor(kernel, await idOf(server, "people", "username", username), kernel.now());
  const context: RequestContext = {
    ...{ kernel, actor, codeCaseId: undefined, requestId: "bench", origin: "bench" },
    setCodeCase: () => undefined,
  };
  return async (path: string, input: object): Promise<Answer> => {
    const request = new Request(`http://bench/rpc/p/${id}/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(input),
    });
    const answer = await host.handle(id, request, { context, unitId });
    const body = (await answer.json()) as Answered | readonly Answered[];
    const all = [body].flat() as readonly Answered[];
    const failed = all.find((one) => !one.result);
    return failed ? { refused: failed.error?.data.code ?? "unknown" } : (all[0]?.result?.data ?? {});
  };
}

export const matter = (unitId: string) =>
  ({
    unitId,
    purpose: "solve",
    title: "调动后津贴少发一档",
    body: "三月调动后艰苦边远津贴少发一档，财务一直让等。",
    anonymity: "named",
    petitioner: { name: "沈某", kind: "officer", contact: "某市某路一号", filingFor: "self" },
    readBack: true,
  }) as const;

/** A letter of two pages from the scanner to its petition, beside the same petition typed in without a letter. */
async function letters(server: Server): Promise<Line> {
  const unitId = await idOf(server, "units", "code", "DEMO");
  const clerkId = await idOf(server, "people", "username", "clerk");
  const desk = await callsAs(server.platform, { personId: clerkId });
  const ask = await moduleOf(server, "letter-desk", "clerk");
  const scan = Buffer.concat([Buffer.from("%PDF-1.4\n"), randomBytes(PAGE_BYTES), Buffer.from("\n%%EOF\n")]);
  const data = scan.toString("base64");
  const today = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  const done = async (path: string, input: object): Promise<void> => {
    const { refused } = await ask(path, input);
    if (refused !== undefined) throw new Error(`letter-desk.${path}: ${String(refused)}`);
  };
  const took = await sideBySide(
    {
      typed: async () => {
        await desk.intake.fileAtDesk({ ...matter(unitId), key: randomUUID(), via: "letter" } as never);
      },
      letter: async () => {
        const letterId = randomUUID();
        const pages = ["envelope", "letter"].map((kind) => ({
          ...{ pageId: randomUUID(), kind, type: "application/pdf", size: scan.byteLength },
        }));
        await done("add", { letterId, receivedOn: today, pages });
        for (const { pageId } of pages) await done("part", { letterId, pageId, part: 0, data });
        await done("file", { letterId, postedOn: null, taken: matter(unitId) });
      },
    },
    { warmUp: 20, rounds: LETTERS / 20, perRound: 20 },
  );
  const { rows } = await server.platform.kernel.pool.query<{ n: number }>(
    "select count(*)::int as n from kernel.cases where channel_key = 'letter-desk/letter'",
  );
  if ((rows[0]?.n ?? 0) < LETTERS) throw new Error(`only ${rows[0]?.n} of ${LETTERS} letters became petitions`);
  return {
    what: `a scanned letter, ${LETTERS} of them one after the other (two pages of ${PAGE_BYTES / 1_000} KB, four calls)`,
    figure: `${took.letter.median.toFixed(0)} ms (p95 ${took.letter.p95.toFixed(0)} ms)`,
    baseline: `${took.typed.median.toFixed(1)} ms`,
    ratio: times(took.letter.median / took.typed.median),
  };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** All visitors press in the same moment for the few times of a day; beside as many bare inserts under the same index. */
async function bookings(server: Server): Promise<Line> {
  const officer = await moduleOf(server, "reception-day", "officer");
  const visitor = await moduleOf(server, "reception-day", null);
  const leaderId = await idOf(server, "people", "username", "signer");
  const raw = connect(server.platform.database.ownerUrl, { max: 2 });
  const [pressed, bare]: [number[], number[]] = [[], []];
  try {
    for (let day = 0; day < DAYS; day += 1) {
      const on = new Date(Date.now() + (30 + day) * 86_400_000).toISOString().slice(0, 10);
      const answer = await officer("publish", {
        ...{ kind: "reception", leaderId, post: "副旅长", portfolio: "后勤保障", place: "一号楼" },
        ...{ startsAt: `${on}T01:00:00Z`, endsAt: `${on}T09:00:00Z` },
      });
      const { sessionId } = answer;
      if (typeof sessionId !== "string") throw new Error(`no day was published: ${JSON.stringify(answer)}`);
      const { rows } = await raw.query<{ n: number }>(
        "select floor(extract(epoch from ends_at - starts_at) / 60 / slot_minutes)::int as n from p_reception_day.sessions where id = $1",
        [sessionId],
      );
      const slots = rows[0]?.n ?? 0;
      const press = Array.from({ length: VISITORS }, (_, n) => ({ sessionId, slotNo: n % slots, key: randomUUID() }));
      let since = performance.now();
      const outcomes = await Promise.all(press.map((one) => visitor("book", one)));
      pressed.push(performance.now() - since);
      const given = outcomes.filter((one) => typeof one.code === "string").length;
      const others = new Set(outcomes.map((one) => one.refused).filter((one) => one !== undefined));
      const { rows: held } = await raw.query<{ n: number; most: number }>(
        `select count(*)::int as n, max(times)::int as most from (select count(*) as times from p_reception_day.bookings
           where session_id = $1 and state <> 'cancelled' group by slot_no) per_slot`,
        [sessionId],
      );
      if (given !== slots || held[0]?.n !== slots || held[0]?.most !== 1 || others.size !== 1)
        throw new Error(
          `${given} were told of ${slots} times; kept: ${JSON.stringify(held)}; ${[...others].join(", ")}`,
        );
      since = performance.now();
      await Promise.all(
        press.map((one) =>
          raw.query(
            `insert into p_reception_day.bookings (id, session_id, slot_no, key, code_hash, state, changed_at)
             values ($1, $2, $3, $4, $5, 'booked', now()) on conflict do nothing`,
            [randomUUID(), randomUUID(), one.slotNo, randomUUID(), randomBytes(32)],
          ),
        ),
      );
      bare.push(performance.now() - since);
    }
  } finally {
    await raw.end();
  }
  return {
    what: `${VISITORS} visitors press at once for the times of one day, until the last is answered; ${DAYS} days, none booked twice`,
    figure: `${median(pressed).toFixed(0)} ms (most ${Math.max(...pressed).toFixed(0)} ms)`,
    baseline: `${median(bare).toFixed(0)} ms`,
    ratio: times(median(pressed) / median(bare)),
  };
}

export async function benchDesks(): Promise<Section> {
  const dataDir = mkdtempSync(join(tmpdir(), "doorstep-bench-"));
  let ahead = 0;
  const server = await startBench(dataDir, () => new Date(Date.now() + ahead));
  const passMinutes = (minutes: number): void => {
    ahead += minutes * 60_000;
  };
  try {
    return {
      title: "Letters, mail and reception days",
      how: "Procedures of the modules letter-desk and reception-day in the demo's brigade, called as their pages call them, without HTTP. Baseline of a letter: the same petition typed in at the desk (`intake.fileAtDesk`), in turns. Baseline of the bookings: as many bare inserts into the same table over two connections. Mail: a mailbox in the same process; baseline: bare inserts of the same bytes.",
      lines: [await letters(server), await bookings(server), await mailIntake(server, passMinutes)],
    };
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
