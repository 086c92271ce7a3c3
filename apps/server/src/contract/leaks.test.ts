import { randomUUID } from "node:crypto";
import process from "node:process";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type Browser,
  openBrowser,
  seedPeople,
  startTestServer,
  TEST_PASSWORD,
  type TestServer,
} from "../testing/index.ts";

/** The highest level seen at the desk by the specification (§8, §16); an accusation is its organ's alone. */
const upTo = {
  clerk: 1,
  officer: 2,
  superior: 2,
  recused: 0,
  stranger: 0,
  headComplainedOf: 0,
  // who took it down at the counter of the unit complained of
  clerkComplainedOf: 0,
  organ: 0,
  otherOrgan: 0,
  auditor: 0,
  unitAdmin: 0,
  platformAdmin: 0,
  roleless: 0,
  nobody: 0,
} as const;
type Relation = keyof typeof upTo;
type Level = 1 | 2 | 3;
const relations = Object.keys(upTo) as Relation[];
const sees = (relation: Relation, level: Level): boolean =>
  level === 3 ? relation === "organ" : upTo[relation] >= level;

interface Sample {
  readonly level: Level;
  readonly caseId: string;
  readonly caseNo: string;
  readonly noticeId: string;
  readonly fileId: string;
  readonly word: string;
}
const words = { 1: "zebrafinch", 2: "kingfisher", 3: "nightjar" } as const;

let server: TestServer;
let samples: readonly Sample[];
const browsers = new Map<Relation, Browser>();
const as = (relation: Relation): Browser => {
  const browser = browsers.get(relation);
  if (!browser) throw new Error(`${relation} is not signed in`);
  return browser;
};

let keys = 0;
async function call(relation: Relation, path: string, input: object) {
  keys += 1;
  const { body } = await as(relation).post(`/rpc/${path}`, {
    key: `leak-sample-${String(keys).padStart(8, "0")}`,
    ...input,
  });
  if (!body?.result) throw new Error(`${path}: ${JSON.stringify(body)}`);
  return body.result.data;
}

async function file(name: string, caseId: string): Promise<string> {
  const answer = await fetch(`${server.url}/rpc/files.put`, {
    method: "POST",
    headers: { "content-type": "application/octet-stream", "x-file-name": name },
    body: "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n",
  });
  const { id } = (await answer.json()).result.data;
  await server.database.pool.query("update kernel.files set case_id = $2, visibility = 'internal' where id = $1", [
    id,
    caseId,
  ]);
  return id;
}

async function sample(level: Level, unitId: string | undefined): Promise<Sample> {
  const word = words[level];
  const { caseId, caseNo } = await call(level === 3 ? "clerkComplainedOf" : "clerk", "intake.fileAtDesk", {
    unitId,
    via: "letter",
    purpose: level === 3 ? "accuse" : "solve",
    anonymity: "anonymous",
    readBack: true,
    title: `关于 ${word}`,
    body: `正文 ${word}，两次报修无人回复。`,
  });
  if (level !== 3) {
    await call("clerk", "cases.register", {
      caseId,
      version: 1,
      category: "claim",
      track: "ordinary",
      subRoute: 6,
      confidentiality: level,
      demands: [{ text: word }],
      safetyAnswered: true,
      duplicatesChecked: true,
    });
    await call("recused", "recusal.declare", { caseId, reason: "亲属" });
  }
  const { rows } = await server.database.pool.query<{ id: string }>(
    "select id from kernel.notices where case_id = $1 order by created_at limit 1",
    [caseId],
  );
  return { level, caseId, caseNo, word, noticeId: rows[0]?.id ?? "", fileId: await file(`${word}.pdf`, caseId) };
}

beforeAll(async () => {
  server = await startTestServer();
  const { units } = await seedPeople(
    server,
    [
      { code: "root" },
      { code: "first", parent: "root" },
      { code: "company", parent: "first" },
      { code: "second", parent: "root" },
    ],
    [
      { username: "clerk", unit: "first", roles: [{ role: "clerk" }] },
      { username: "officer", unit: "first", roles: [{ role: "officer" }] },
      { username: "superior", unit: "root", roles: [{ role: "officer", subtree: true }] },
      { username: "recused", unit: "first", roles: [{ role: "officer" }] },
      { username: "stranger", unit: "second", roles: [{ role: "officer" }] },
      { username: "headComplainedOf", unit: "company", roles: [{ role: "signer" }] },
      { username: "clerkComplainedOf", unit: "company", roles: [{ role: "clerk" }] },
      { username: "organ", unit: "first", roles: [{ role: "discipline" }] },
      { username: "otherOrgan", unit: "root", roles: [{ role: "discipline" }] },
      { username: "auditor", unit: "first", roles: [{ role: "auditor", unit: "root", subtree: true }] },
      { username: "unitAdmin", unit: "first", roles: [{ role: "unitAdmin", unit: "root", subtree: true }] },
      { username: "platformAdmin", unit: "first", roles: [{ role: "platformAdmin", unit: "root", subtree: true }] },
      { username: "roleless", unit: "first" },
    ].map((person) => ({ ...person, username: person.username.toLowerCase() })) as never,
  );
  for (const unit of ["root", "first"])
    await server.database.pool.query(
      "insert into kernel.offices (id, unit_id, kind, name_zh, name_en, phone, valid_from) values ($1, $2, 'disciplineOrgan', '纪委', 'Organ', '1', '2020-01-01')",
      [server.platform.kernel.newId(), units.get(unit)],
    );
  for (const relation of relations) {
    const browser = openBrowser(server.url);
    browsers.set(relation, browser);
    if (relation === "nobody") continue;
    const username = relation.toLowerCase();
    const { status } = await browser.post("/api/auth/sign-in/username", { username, password: TEST_PASSWORD });
    expect([relation, status]).toEqual([relation, 200]);
  }
  samples = [
    await sample(1, units.get("first")),
    await sample(2, units.get("first")),
    await sample(3, units.get("company")),
  ];
});
afterAll(() => server.stop());

const ways: Readonly<Record<string, (c: Sample) => object>> = {
  "cases.get": (c) => ({ caseId: c.caseId }),
  "cases.byNo": (c) => ({ caseNo: c.caseNo }),
  "cases.timeline": (c) => ({ caseId: c.caseId, limit: 50 }),
  "cases.original": (c) => ({ caseId: c.caseId }),
  "notices.pdf": (c) => ({ caseId: c.caseId, noticeId: c.noticeId, locale: "en" }),
  "files.get": (c) => ({ fileId: c.fileId }),
};
/** Ways that name no case: whoever does not see it reads nothing of it there. */
const lists: Readonly<Record<string, (c: Sample) => object>> = {
  "cases.list": () => ({ view: "all", limit: 50 }),
  "cases.search": (c) => ({ q: c.word, limit: 50 }),
  "notifications.list": () => ({ limit: 50 }),
};

/** One that is not there, with a number in the same form. */
const absent = (c: Sample): Sample => ({
  ...c,
  caseId: randomUUID(),
  noticeId: randomUUID(),
  fileId: randomUUID(),
  caseNo: `${c.caseNo.slice(0, 5)}ZZZZZZ-Z`,
});
const tells = (text: string, c: Sample): boolean =>
  [c.caseId, c.caseNo, c.word, c.fileId, c.noticeId].some((sign) => text.includes(sign));

/** An answer as it went over the line: status, headers and every byte, without the mark of the one request. */
async function answer(relation: Relation, path: string, input: object) {
  const { status, headers, text, body } = await as(relation).post(`/rpc/${path}`, input);
  const { date: _date, ...lasting } = Object.fromEntries(headers);
  const mark: unknown = body?.error?.data?.requestId;
  const whole = JSON.stringify([status, lasting, text]);
  return { status, text, whole: typeof mark === "string" ? whole.replaceAll(mark, "") : whole };
}

type Way = readonly [path: string, input: (c: Sample) => object];

async function direct(relation: Relation, c: Sample, [path, input]: Way): Promise<boolean> {
  const found = await answer(relation, path, input(c));
  // how a file of an organ opens is the business of its own test
  if (sees(relation, c.level)) return path === "files.get" || found.status === 200;
  const none = await answer(relation, path, input(absent(c)));
  return found.whole === none.whole && !tells(found.text, c);
}

async function listed(relation: Relation, c: Sample, [path, input]: Way): Promise<boolean> {
  const shown = tells((await answer(relation, path, input(c))).text, c);
  return sees(relation, c.level) ? shown || path !== "cases.list" : !shown;
}

async function wrongCells(who: readonly Relation[] = relations): Promise<{ cells: number; wrong: readonly string[] }> {
  const wrong: string[] = [];
  let cells = 0;
  for (const relation of who)
    for (const c of samples)
      for (const [ask, all] of [
        [direct, ways],
        [listed, lists],
      ] as const)
        for (const way of Object.entries(all)) {
          cells += 1;
          if (!(await ask(relation, c, way))) wrong.push(`${relation} ${way[0]} ${c.level}`);
        }
  return { cells, wrong };
}

test("over the line a case one may not see is, byte for byte, one that is not there", async () => {
  const { cells, wrong } = await wrongCells();
  process.stderr.write(`leak matrix over HTTP: ${cells} cells, ${wrong.length} wrong\n`);
  expect(wrong).toEqual([]);
  expect(cells).toBe(relations.length * samples.length * 9);
}, 120_000);

test("a key too many in the audience, and a recusal that is overlooked, are found", async () => {
  const { pool } = server.database;
  const [sensitive] = samples.filter((c) => c.level === 2);
  await pool.query(
    `insert into kernel.case_audience (key, case_id, due, received, depth, conf, status, open, category, channel, holder)
     select p.unit_id, case_id, due, received, 0, conf, status, open, category, channel, holder
       from kernel.case_audience a, kernel.people p where p.username = 'stranger' and case_id = $1 and depth = 0`,
    [sensitive?.caseId],
  );
  await pool.query("update kernel.recusals set state = 'refused' where case_id = $1", [sensitive?.caseId]);

  const { wrong } = await wrongCells(["stranger", "recused", "clerk"]);

  expect(wrong).toEqual(
    expect.arrayContaining([
      "stranger cases.get 2",
      "stranger files.get 2",
      "stranger cases.list 2",
      "recused cases.byNo 2",
      "recused cases.timeline 2",
    ]),
  );
  expect(wrong.some((one) => one.startsWith("clerk"))).toBe(false);
}, 120_000);
