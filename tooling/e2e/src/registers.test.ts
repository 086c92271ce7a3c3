import { releaseMonth } from "@doorstep/kernel";
import ExcelJs from "exceljs";
import { extractText, getDocumentProxy } from "unpdf";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call, type House, openHouse } from "./house.ts";
import { petitionsOf } from "./petition-walk.ts";

type Text = Readonly<Record<"zh-CN" | "en", string>>;
type Cell = string | number | boolean | null | Text;
interface Table {
  readonly columns: readonly { readonly key: string; readonly title: Text }[];
  readonly rows: readonly Readonly<Record<string, Cell>>[];
}
interface Listed {
  readonly key: string;
  readonly title: Text;
  readonly module: Text;
  readonly register: boolean;
  readonly mayTake: boolean;
}

const roles = [
  ...(["clerk", "custodian", "officer", "handler", "officeHead", "signer", "chargeLeader", "reviewer"] as const),
  ...(["discipline", "mediator", "supervisor", "talkOfficer", "analyst", "auditor", "unitAdmin"] as const),
];
const MONTH = "2026-02";
const everybody = [
  ...["clerk", "officer", "handler", "signer", "reviewer", "discipline", "supervisor", "mediator", "officehead"],
  ...["chargeleader", "analyst", "elsewhere", "all"],
];

let house: House;
let petitions: ReturnType<typeof petitionsOf>;
let admin: string;
beforeAll(async () => {
  const everyRole = roles.map((role) => ({ role, subtree: true }));
  house = await openHouse({
    now: "2026-03-20T02:00:00Z",
    units: [{ code: "SECOND", parent: "BRIGADE" }],
    people: [
      { username: "all", unit: "BRIGADE", roles: everyRole },
      { username: "elsewhere", unit: "SECOND", roles: [{ role: "officer" }, { role: "clerk" }] },
      ...["discipline", "supervisor", "mediator", "officeHead", "chargeLeader", "analyst"].map((role) => ({
        ...{ username: role.toLowerCase(), unit: "FIRST" },
        roles: [{ role: role as (typeof roles)[number] }],
      })),
    ],
  });
  petitions = petitionsOf(house);
  admin = await petitions.cookieOf("admin");
  await choose("BRIGADE", "on", await modules());
}, 120_000);
afterAll(() => house?.[Symbol.asyncDispose]());

async function modules(): Promise<readonly string[]> {
  const found = (await call(house.url, admin, "modules.matrix", {})) as { modules: { id: string; state: string }[] };
  return found.modules.flatMap((one) => (one.state === "active" ? [one.id] : []));
}

async function choose(unit: string, choice: "on" | "off", ids: readonly string[]): Promise<void> {
  const { revision } = await call(house.url, admin, "modules.matrix", {});
  const changes = ids.map((pluginId) => ({ unitId: house.units.get(unit), pluginId, choice, why: "登记簿" }));
  await call(house.url, admin, "modules.choose", { revision, changes });
}

const listed = async (who: string, unitId?: string): Promise<readonly Listed[]> =>
  (await petitions.by(who, "reports.list", { unitId })) as unknown as Listed[];
const run = async (who: string, key: string, unitId?: string, params = {}): Promise<Table> =>
  (await petitions.by(who, "reports.run", { key, unitId, params })).table as Table;

const INTRO = `# Registers 登记簿

What the desk lists under “Registers” (登记簿), \`/desk/registers\`: each with its columns, to be read there and taken out as CSV,
workbook or PDF. Who took it and when stands in every file, and the ledger has a line of it. The platform's own are there for
everybody at the desk, the others where their module is on, to whoever holds the permission that it asks for.

A register shows the petitions that its reader may open one by one, by the same predicate as every list, and no others: a
petition of which he must stay out, one complained of him and one above his level of confidentiality are not in it. What is
covered in a title is covered here. No register names a petitioner: who he is stays in the vault. Accusations stand in the
register of their discipline organ alone.

The page is written by \`tooling/e2e/src/registers.test.ts\` from the running platform, and the test fails when they differ
(\`vitest run tooling/e2e/src/registers.test.ts -u\` writes it anew).
`;

test("docs/registers.md has every register there is with its columns", async () => {
  const registers = (await listed("all")).filter((one) => one.register);
  const parts: string[] = [];
  for (const { key, title, module } of registers) {
    const { columns } = await run("all", key);
    parts.push(
      [
        `## ${title.en} ${title["zh-CN"]}\n`,
        `\`${key}\`, ${module.en} ${module["zh-CN"]}\n`,
        "| 列 | column |\n|---|---|",
        ...columns.map((column) => `| ${column.title["zh-CN"]} | ${column.title.en} |`),
      ].join("\n"),
    );
  }

  expect(registers.map((one) => one.key)).toEqual(expect.arrayContaining(["kernel/petitions", "backlog/register"]));
  await expect(`${[INTRO, ...parts].join("\n\n").replaceAll("\n\n\n", "\n\n")}\n`).toMatchFileSnapshot(
    "../../../docs/registers.md",
  );
});

interface Known {
  readonly caseId: string;
  readonly caseNo: string;
  readonly title: string;
}

/** Petitions of which each is open to some and closed to others; what modules keep of every one of them. */
async function fillHouse(): Promise<readonly Known[]> {
  const known: Known[] = [];
  const keep = async (title: string, who: string, unit: string, more: object = {}): Promise<string> => {
    const { caseNo } = await petitions.paper(who, unit, title, more);
    const { rows } = await house.server.database.pool.query<{ id: string }>(
      "select id from kernel.cases where case_no = $1",
      [caseNo],
    );
    const caseId = rows[0]?.id ?? "";
    known.push({ caseId, caseNo, title });
    return caseId;
  };
  await keep("食堂甲事", "clerk", "FIRST");
  await petitions.register("clerk", await keep("宿舍乙事", "clerk", "FIRST"), { confidentiality: 2 });
  await keep("邻营丙事", "elsewhere", "SECOND");
  await keep("控告丁事", "clerk", "FIRST", { purpose: "accuse" });
  for (const [n, one] of known.entries()) await keepInModules(one, n + 1);
  return known;
}

async function keepInModules({ caseId, caseNo }: Known, no: number): Promise<void> {
  const { pool } = house.server.database;
  const { rows } = await pool.query<{ unit: string; path: string[] }>(
    "select u.id as unit, u.path from kernel.cases c join kernel.units u on u.id = c.holder_unit_id where c.id = $1",
    [caseId],
  );
  const [{ unit = "", path = [] } = {}] = rows;
  const at = "2026-03-18T02:00:00Z";
  const day = "2026-03-18";
  const id = () => house.server.platform.kernel.newId();
  const insert = async (table: string, row: Readonly<Record<string, unknown>>): Promise<void> => {
    const all: Readonly<Record<string, unknown>> = { id: id(), case_id: caseId, ...row };
    const names = Object.keys(all);
    const places = names.map((_, n) => `$${n + 1}`).join(", ");
    await pool.query(`insert into ${table} (${names.join(", ")}) values (${places})`, Object.values(all));
  };
  const here = { unit_id: unit, day, no };
  await insert("kernel.legs", {
    no: 90,
    from_unit_id: path[0],
    to_unit_id: unit,
    kind: "assign",
    reason: "x",
    sent_at: at,
  });
  await insert("kernel.reviews", {
    ...{ level: "review", requested_at: at, grounds: "facts", text: "x", body_unit_id: path[0], of_unit_id: unit },
  });
  await insert("p_hotline.calls", { ...here, by_person: id(), began_at: at, ended_at: at, outcome: "petition" });
  await insert("p_visit_desk.visits", {
    ...{ ...here, state: "over", safety: false, urgent: false, headcount: 1, representatives: 1, companions: 0 },
    ...{ arrived_at: at, confirmed: "paper" },
  });
  await insert("p_letter_desk.letters", {
    ...{ unit_id: unit, year: 2026, no, received_on: day, created_at: at, filed_at: at },
  });
  await insert("p_mediation.mediations", {
    ...{ path, tier: 1, dispute: "x", mediator_id: id(), mediator_name: "x", code_hash: Buffer.from(caseNo) },
    ...{ state: "running", offered_by: id(), offered_at: at },
  });
  await insert("p_hearing.hearings", { path, state: "applied", asked_by: "unit", asked_at: at });
  await insert("p_supervision.matters", { unit_id: unit, path, state: "raised", opened_at: at });
  await insert("p_leader_desk.charges", { path, taken_at: at });
  await insert("p_referral.referrals", {
    ...{ unit_id: unit, direction: "in", way: "package", number: `N${no}`, digest: `d${no}`, state: "filed" },
    ...{ case_no: caseNo, at, changed_at: at },
  });
}

/** An analyst has no desk, and so no list. */
const seenBy = async (who: string): Promise<readonly string[]> =>
  ((await petitions.by(who, "cases.list", { view: "all", limit: 50 })) as { items: Known[] }).items.map(
    (one) => one.caseId,
  );

const formats = ["csv", "xlsx", "pdf"] as const;

/** All words of a report as it is taken out. */
async function wordsIn(who: string, key: string, format: (typeof formats)[number], unitId?: string): Promise<string> {
  const { file } = await petitions.by(who, "reports.take", { key, unitId, format, params: {} });
  const bytes = Buffer.from(file as string, "base64");
  if (format === "csv") return bytes.toString();
  if (format === "pdf") {
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true });
    // a narrow column breaks its words
    return text.replaceAll(/\s/g, "");
  }
  const book = new ExcelJs.Workbook();
  await book.xlsx.load(bytes as never);
  return JSON.stringify(book.worksheets.map((sheet) => sheet.getSheetValues()));
}

/** What is taken out holds the petitions that the screen holds, and no others. */
async function expectInFiles(who: string, key: string, seen: readonly Known[], known: readonly Known[]): Promise<void> {
  for (const format of formats) {
    const words = await wordsIn(who, key, format);
    const found = known.filter((one) => words.includes(one.caseNo));
    expect({ who, key, format, found }).toEqual({ who, key, format, found: seen });
  }
}

test("whatever anybody reads or takes out, by whatever role, holds no petition that he may not open", async () => {
  const known = await fillHouse();
  const shown = new Map<string, number>();
  const taken = new Set<string>();
  for (const who of everybody) {
    const reports = await listed(who);
    if (reports.length === 0) continue;
    const mine = new Set(who === "analyst" ? [] : await seenBy(who));
    const closed = known.filter((one) => !mine.has(one.caseId));
    for (const { key, mayTake } of reports) {
      const text = JSON.stringify(await run(who, key));
      const holds = (where: string, one: Known): boolean => where.includes(one.caseNo) || where.includes(one.title);
      expect({ who, key, leaked: closed.filter((one) => holds(text, one)) }).toEqual({ who, key, leaked: [] });
      const seen = known.filter((one) => holds(text, one));
      shown.set(key, Math.max(shown.get(key) ?? 0, seen.length));
      // every file is made of the table that was just read: one of each report that shows something is opened
      if (!mayTake || seen.length === 0 || taken.has(key)) continue;
      taken.add(key);
      await expectInFiles(who, key, seen, known);
    }
  }
  // a register that shows nothing to anybody would prove nothing
  const ofPetitions = ["kernel/petitions", "kernel/accusations", "kernel/handedOn", "kernel/reviews"];
  const ofModules = ["hotline", "visit-desk", "letter-desk", "mediation", "hearing", "supervision", "leader-desk"];
  for (const key of [...ofPetitions, ...[...ofModules, "referral"].map((id) => `${id}/register`)])
    expect(shown.get(key) ?? 0, key).toBeGreaterThan(0);
}, 120_000);

test("with one module off at a unit its lines are gone from every report there, and all others stay", async () => {
  const second = house.units.get("SECOND");
  const counted = (await call(house.url, await petitions.cookieOf("all"), "p/reports/datasets", {}, second)) as {
    dataset: string;
  }[];
  const counting = [...new Set(counted.map(({ dataset }) => dataset.split("/")[0] ?? ""))];
  expect(counting).toEqual(expect.arrayContaining(["indicators", "mediation", "supervision", "heart-talk", "backlog"]));
  const empty = /没有数据/;
  /** every line and column of a report, by what it says */
  const saidIn = async (key: string): Promise<ReadonlySet<string>> => {
    const { columns, rows } = await run("all", key, second);
    const lines = rows.map((row) => JSON.stringify(row)).filter((line) => !empty.test(line));
    return new Set([...columns.map((column) => JSON.stringify(column.title)), ...lines]);
  };
  const reports = ["reports/yearly", "reports/monthly", "reports/meetings", "reports/comparison"];
  const before = new Map<string, ReadonlySet<string>>();
  for (const key of reports) before.set(key, await saidIn(key));
  const gone = new Map<string, string[]>();
  for (const id of counting) {
    await choose("SECOND", "off", [id]);
    for (const key of reports) {
      const [all, left] = [before.get(key) ?? new Set<string>(), await saidIn(key)];
      expect({ id, key, more: [...left].filter((line) => !all.has(line)) }).toEqual({ id, key, more: [] });
      const missing = [...all].filter((line) => !left.has(line)).map((line) => `${key} ${line}`);
      gone.set(id, [...(gone.get(id) ?? []), ...missing]);
    }
    await choose("SECOND", "on", [id]);
  }
  // what goes with one module goes with no other, and each that counts has something of its own
  const all = [...gone.values()].flat();
  expect(new Set(all).size).toBe(all.length);
  for (const id of counting) expect({ id, lines: gone.get(id)?.length ?? 0 }).not.toEqual({ id, lines: 0 });
  for (const key of reports) expect(await saidIn(key)).toEqual(before.get(key));
}, 120_000);

test("what a release hides is in no report, and where a module is off nothing of it is offered or answered", async () => {
  const [first = "", second = ""] = ["FIRST", "SECOND"].map((code) => house.units.get(code));
  const hidden = [3, 17, 41];
  const dimensions = { category: ["claim", "suggestion"] };
  const { kernel } = house.server.platform;
  for (const dataset of ["indicators/conclusion", "indicators/assignment"])
    await releaseMonth(kernel, {
      ...{ dataset, month: MONTH, dimensions, measures: ["inTime"] },
      rows: [
        { unitId: first, count: 3, values: { category: "claim" }, measures: { inTime: 1 } },
        { unitId: first, count: 17, values: { category: "suggestion" }, measures: { inTime: 9 } },
        { unitId: second, count: 41, values: { category: "claim" }, measures: { inTime: 30 } },
      ],
    });
  await releaseMonth(kernel, {
    ...{ dataset: "kernel/retaliation-reports", month: MONTH, dimensions: {}, measures: [], hidesNone: true },
    rows: [{ unitId: first, count: 4, values: {}, measures: {} }],
  });
  const { rows } = await house.server.database.pool.query<{ dataset: string; total: number | null; figures: object }>(
    `select r.dataset, w.total, w.figures from kernel.figure_rows w join kernel.figure_releases r on r.id = w.release_id
      where r.dataset in ('indicators/conclusion', 'indicators/assignment', 'kernel/retaliation-reports')`,
  );
  expect(rows.filter((one) => one.dataset.startsWith("kernel/")).map((one) => one.total)).toEqual(
    rows.filter((one) => one.dataset.startsWith("kernel/")).map(() => null),
  );
  const numbers = new Set(JSON.stringify(rows).match(/\d+/g)?.map(Number));
  const kept = [...hidden, 4].filter((count) => !numbers.has(count));
  expect(kept).toEqual(expect.arrayContaining([3, 4]));
  for (const who of ["all", "elsewhere", "officer", "analyst"])
    for (const { key } of (await listed(who)).filter((one) => one.key.startsWith("reports/"))) {
      const table = await run(who, key);
      // how many months are not in a sum is no figure of them
      const figures = table.rows.map(({ missing: _months, ...row }) => row);
      const cells = figures.flatMap((row) => Object.values(row)).filter((cell) => typeof cell === "number");
      // none of a report of retaliation is not said either
      const reports = figures.filter(({ what }) => JSON.stringify(what ?? "").includes('"I23 '));
      expect({ who, key, told: reports.flatMap(({ count, of }) => [count, of]).filter((one) => one !== null) }).toEqual(
        {
          ...{ who, key, told: [] },
        },
      );
      expect({ who, key, told: cells.filter((cell) => kept.includes(cell)) }).toEqual({ who, key, told: [] });
    }

  const before = await listed("elsewhere");
  await choose("SECOND", "off", await modules());
  const after = await listed("elsewhere");
  expect(before.length).toBeGreaterThan(after.length);
  expect(after.map((one) => one.key.split("/")[0])).toEqual(after.map(() => "kernel"));
  for (const { key } of before.filter((one) => !one.key.startsWith("kernel/"))) {
    await expect(run("elsewhere", key), key).rejects.toThrow("module.notFound");
    await expect(wordsIn("elsewhere", key, "csv"), key).rejects.toThrow("module.notFound");
  }
});
