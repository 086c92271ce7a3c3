import { DoorstepError, kernelContract, type PetitionerCase } from "@doorstep/contracts";
import type pg from "pg";
import type { Actor } from "../actor.ts";
import { readAs } from "../audience/read-as.ts";
import { mayReadFile } from "../files/may-read-file.ts";
import { kernelHandlers } from "../handlers-of-kernel.ts";
import type { Kernel } from "../kernel.ts";
import { audiencesOfLive, newsFor, readLive } from "../live/read-live.ts";
import { rightOver } from "../mandates/mandate.ts";
import { maySee } from "../pipeline/execute.ts";
import { loadCase } from "../pipeline/load-case.ts";
import type { RequestContext } from "../request-context.ts";
import { createRouter } from "../router.ts";
import type { LeakCase } from "./leak-cases.ts";
import type { LeakWorld } from "./leak-world.ts";
import type { CaseName, Relation } from "./model.ts";

type Call = (path: string, input: object) => Promise<unknown>;

/** Somebody at the real router, and what his calls ask of the database. */
export interface Visitor {
  readonly actor: Actor | undefined;
  /** the petition of the code he typed */
  readonly codeCaseId: string | undefined;
  readonly kernel: Kernel;
  readonly call: Call;
  /** by name or text, in their order, since the last look */
  statements(): readonly string[];
}

const groups = Object.fromEntries(Object.keys(kernelHandlers).map((g) => [g, kernelContract[g as "cases"]]));

const nameOf = (statement: unknown): string =>
  typeof statement === "string"
    ? statement
    : ((statement as pg.QueryConfig).name ?? (statement as pg.QueryConfig).text);

/** Writes down what is asked of the database: the same statements for what is hidden and for what is not there. */
function listening(k: Kernel): { readonly kernel: Kernel; readonly asked: string[] } {
  const asked: string[] = [];
  const heard = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(_, name) {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== "function") return value;
        return (...args: unknown[]) => {
          if (name === "query") asked.push(nameOf(args[0]));
          const given: unknown = value.apply(target, args);
          return name === "connect" ? (given as Promise<object>).then(heard) : given;
        };
      },
    });
  // one a visitor: what is asked between two looks is his
  return { kernel: { ...k, pool: heard(k.pool) }, asked };
}

export async function visitor(world: LeakWorld, relation: Relation): Promise<Visitor> {
  const { kernel, asked } = listening(world.t.kernel);
  const actor = world.people[relation];
  const code = world.codes[relation];
  const right = code && (await rightOver(world.t.kernel, code.caseId, code.mandateId));
  const codeCaseId = right ? code.caseId : undefined;
  const context: RequestContext = {
    kernel,
    actor,
    codeCaseId,
    ...(right?.mandate && { codeMandate: right.mandate }),
    requestId: "test",
    origin: "test",
    setCodeCase: () => undefined,
  };
  const caller = createRouter(groups as never, kernelHandlers as never).createCaller(context) as unknown as Record<
    string,
    Record<string, (input: object) => Promise<unknown>>
  >;
  return {
    actor,
    codeCaseId,
    kernel,
    statements: () => asked.splice(0),
    async call(path, input) {
      const [group = "", name = ""] = path.split(".");
      return caller[group]?.[name]?.(input);
    },
  };
}

/** What came back, or how it was refused, as anybody could compare it. */
export async function outcome(
  work: () => Promise<unknown>,
): Promise<{ readonly said: string; readonly refused: boolean }> {
  try {
    return { said: JSON.stringify(await work()) ?? "", refused: false };
  } catch (error) {
    const { cause, message } = error as { cause?: Record<string, unknown>; message?: string };
    const { code, params, reasons } = cause ?? {};
    return { said: JSON.stringify({ code, params, reasons, message }), refused: true };
  }
}

/** A way in that names a case, asked of it and of one that is not there. */
export interface DirectWay {
  readonly path: string;
  readonly side: "desk" | "own" | "either";
  /** changes something: tried only by those who must not */
  readonly acts?: true;
  /** cases of other levels are opened to some at once: there the answer itself is what he may learn */
  readonly of?: readonly CaseName[];
  /** gives papers in which no words can be covered: whoever stands outside gets none of them */
  readonly whole?: true;
  /** the answer repeats what was typed, and gives the request an id */
  readonly repeats?: true;
  ask(v: Visitor, c: LeakCase, key: string): Promise<unknown>;
}

/** As it is told to somebody who typed the number himself. */
export const withoutTyped = (said: string, c: LeakCase): string =>
  said.replaceAll(c.caseNo, "").replace(/"id":"[^"]*"/, "");

const notFound = (): never => {
  throw new DoorstepError("file.notFound");
};
const byId = (c: LeakCase): object => ({ caseId: c.id });
type Input = (c: LeakCase, key: string) => object;
const call = (path: string, input: Input): Pick<DirectWay, "path" | "ask"> => ({
  path,
  ask: (v, c, key) => v.call(path, input(c, key)),
});
const act = (path: string, more: object = {}): DirectWay => ({
  ...call(path, (c, key) => ({ caseId: c.id, version: 1, key, ...more })),
  side: "desk",
  acts: true,
});
const read = (path: string, input: Input = byId): DirectWay => ({ ...call(path, input), side: "desk" });
const notice = (c: LeakCase): object => ({ caseId: c.id, noticeId: c.noticeId });

export const directWays: readonly DirectWay[] = [
  read("cases.get"),
  read("cases.byNo", (c) => ({ caseNo: c.caseNo })),
  read("cases.covered"),
  read("cases.timeline", (c) => ({ caseId: c.id, limit: 50 })),
  read("cases.original"),
  read("cases.moduleFacts"),
  read("cases.consents"),
  read("cases.repeats"),
  read("clocks.explain"),
  read("clocks.ofModules"),
  { ...read("notices.list"), whole: true },
  { ...read("notices.preview", notice), whole: true },
  read("people.candidates", (c) => ({ caseId: c.id, role: "handler" })),
  read("retaliation.get"),
  read("duty.get"),
  { ...read("notices.pdf", (c) => ({ ...notice(c), locale: "en" })), acts: true },
  { ...read("unitLetters.read", (c) => ({ letterId: c.id })), acts: true },
  { ...read("unitLetters.pdf", (c) => ({ letterId: c.id, locale: "en" })), acts: true },
  act("cases.note", { text: "x", visibility: "internal" }),
  act("cases.accept", { office: "x" }),
  act("cases.extend", { days: 1, reason: "x" }),
  act("cases.finalise"),
  act("cases.handToOrgan", { toUnitId: "00000000-0000-7000-8000-000000000001", reason: "x" }),
  act("vault.open", { purpose: "purpose" }),
  act("vault.ask", { kind: "open", reason: "reason" }),
  act("recusal.declare", { reason: "x" }),
  act("retaliation.reportFor", { acts: ["threat"], text: "reported" }),
  act("retaliation.acknowledge"),
  act("duty.flag", { reason: "x" }),
  { ...call("duty.take", (c, key) => ({ caseId: c.id, key })), side: "desk", acts: true },
  { ...call("intake.case", byId), side: "own" },
  { ...call("intake.linked", byId), side: "own" },
  { ...call("intake.letter", (c) => ({ ...notice(c), locale: "en" })), side: "own", acts: true },
  { ...call("intake.message", (c, key) => ({ caseId: c.id, key, text: "x", fileIds: [] })), side: "own", acts: true },
  {
    ...call("intake.reportRetaliation", (c, key) => ({ caseId: c.id, key, acts: ["threat"], text: "reported" })),
    side: "own",
    acts: true,
  },
  {
    ...call("access.ask", (c) => ({ caseNo: c.caseNo, reason: "有人可能受到伤害" })),
    side: "desk",
    acts: true,
    of: ["accusation", "toOrgan"],
    repeats: true,
  },
  {
    path: "files.get",
    side: "either",
    whole: true,
    ask: async (v, c) => (await mayReadFile(v.kernel, v, c.fileId))?.caseId ?? notFound(),
  },
];

interface Way {
  readonly name: string;
  /** `either`: the predicate itself, below the desk and the own page; `himself`: what is the petitioner's alone */
  readonly side: "desk" | "own" | "himself" | "either" | "none" | "ids";
  /** whoever may know of the case must be told of it here: else the way would be closed to all, and prove nothing */
  readonly shows?: true;
}

/** A way in that is no act on a case, but is asked with something of it: a search, a look at what lies below. */
export interface OpenWay extends Way {
  ask(v: Visitor, world: LeakWorld, c: LeakCase): Promise<unknown>;
}

/** A way in that names nothing: lists, numbers, news, the ledger. What comes back could tell of any case. */
export interface ListWay extends Way {
  ask(v: Visitor, world: LeakWorld): Promise<unknown>;
}

const views = [
  "open",
  "all",
  "toAccept",
  "inHandling",
  "dueSoon",
  "overdue",
  "closed",
  "mine",
  "toRegister",
  "toRoute",
  "toReview",
  "toDeliver",
] as const;

const notSeen = (): undefined => undefined;
const tried = (v: Visitor, path: string, input: object): Promise<unknown> => v.call(path, input).catch(notSeen);

/** Whether there is an answer at all. */
const answered =
  (path: string) =>
  (v: Visitor, _w: LeakWorld, c: LeakCase): Promise<unknown> =>
    v.call(path, byId(c)).then(() => c.word, notSeen);

export const openWays: readonly OpenWay[] = [
  { name: "cases.search word", side: "desk", ask: (v, _w, c) => tried(v, "cases.search", { q: c.word, limit: 50 }) },
  {
    name: "cases.search number",
    side: "desk",
    ask: (v, _w, c) => tried(v, "cases.search", { q: c.caseNo, limit: 50 }),
  },
  {
    name: "cases.search covered words",
    side: "none",
    ask: (v, _w, c) => tried(v, "cases.search", { q: c.covered, limit: 50 }),
  },
  {
    name: "cases.similar covered words",
    side: "none",
    ask: (v, _w, c) => tried(v, "cases.similar", { title: c.covered, text: c.covered }),
  },
  {
    name: "cases.similar",
    side: "desk",
    ask: (v, _w, c) => tried(v, "cases.similar", { title: `关于 ${c.word}`, text: `正文 ${c.word}` }),
  },
  {
    name: "cases.similar name",
    side: "none",
    ask: (v, _w, c) => tried(v, "cases.similar", { name: `名 ${c.word}` }),
  },
  { name: "own data", side: "himself", shows: true, ask: answered("intake.ownData") },
  { name: "own data to take along", side: "himself", shows: true, ask: answered("intake.exportOwn") },
  {
    name: "who looked at it",
    side: "himself",
    shows: true,
    ask: async (v, _w, c) => ((await tried(v, "intake.case", byId(c))) as PetitionerCase | undefined)?.accesses,
  },
  { name: "people.find", side: "none", ask: (v, _w, c) => tried(v, "people.find", { q: c.word }) },
  {
    name: "acts",
    side: "desk",
    async ask(v, w, c) {
      const loaded = await loadCase(w.t.kernel.pool, c.id, "", "");
      const { actor } = v;
      return actor && loaded && maySee({ kind: "person", actor }, loaded.case, loaded.audience) ? c.id : undefined;
    },
  },
  {
    name: "files",
    side: "either",
    ask: (v, w, c) => mayReadFile(w.t.kernel, v, c.fileId).catch(notSeen),
  },
];

export const listWays: readonly ListWay[] = [
  ...views.map(
    (view): ListWay => ({
      name: `cases.list ${view}`,
      side: "desk",
      ask: (v) => tried(v, "cases.list", { view, limit: 50 }),
    }),
  ),
  { name: "notices.toApprove", side: "desk", ask: (v) => tried(v, "notices.toApprove", { limit: 50 }) },
  { name: "notifications.list", side: "desk", ask: (v) => tried(v, "notifications.list", { limit: 50 }) },
  { name: "proof.list", side: "desk", ask: (v) => tried(v, "proof.list", { limit: 50 }) },
  { name: "supervision.count", side: "none", ask: (v) => tried(v, "supervision.count", {}) },
  { name: "duty.open", side: "desk", ask: (v) => tried(v, "duty.open", {}) },
  { name: "intake.mine", side: "own", ask: (v) => tried(v, "intake.mine", { limit: 50 }) },
  {
    name: "what was split or joined",
    side: "himself",
    async ask(v, w) {
      const own = await Promise.all(
        w.parted.map((c) => tried(v, "intake.case", byId(c)) as Promise<PetitionerCase | undefined>),
      );
      const linked = await Promise.all(w.parted.map((c) => tried(v, "intake.linked", byId(c))));
      return [own.map((seen) => seen?.belongsTo), linked];
    },
  },
  // a chain is named by the id of its case; whom it is about and its words stand not in it
  { name: "ledger.page", side: "ids", ask: (v) => tried(v, "ledger.page", { limit: 50 }) },
  { name: "overview.get", side: "none", ask: (v) => tried(v, "overview.get", {}) },
  { name: "retaliation.asked", side: "none", ask: (v) => tried(v, "retaliation.asked", {}) },
  { name: "retaliation.signal", side: "none", ask: (v) => tried(v, "retaliation.signal", {}) },
  {
    name: "live",
    side: "desk",
    async ask(v, w) {
      const k = w.t.kernel;
      const news = await readLive(k, 0);
      return newsFor(k, v, news, await audiencesOfLive(k, news))?.cases;
    },
  },
  {
    name: "live of one's own",
    side: "own",
    async ask(v, w) {
      const k = w.t.kernel;
      const news = await readLive(k, 0);
      return newsFor(k, v, news, await audiencesOfLive(k, news))?.own;
    },
  },
  {
    name: "second fence",
    side: "desk",
    ask: async (v, w) =>
      v.actor &&
      (await readAs(w.t.kernel, v.actor, (client) => client.query("select id from kernel.cases")).then((r) => r.rows)),
  },
];
