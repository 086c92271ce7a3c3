import { Writable } from "node:stream";
import { type ErrorCode, isErrorCode, kernelContract, type ProcedureSpec, type Role, roles } from "@doorstep/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Answer,
  type Browser,
  openBrowser,
  seedPeople,
  startTestServer,
  TEST_PASSWORD,
  type TestServer,
} from "../testing/index.ts";
import { hasKey, type Known, sampleInput, stringsIn, withAt } from "./sample-input.ts";

// Walks the contract itself: a procedure added there is covered here without a line of its own.

interface Line {
  readonly path: string;
  readonly spec: ProcedureSpec;
}
const lines: readonly Line[] = Object.entries(kernelContract).flatMap(([group, procedures]) =>
  Object.entries(procedures as Record<string, ProcedureSpec>).map(([name, spec]) => ({
    path: `${group}.${name}`,
    spec,
  })),
);
const named = lines.map((line) => [line.path, line] as const);
const withKey = (...keys: readonly string[]) =>
  named.filter(([, { spec }]) => keys.every((key) => hasKey(spec.input, key)));

/** Roles that read or change cases; administrators have none of these. */
const deskRoles: readonly Role[] = ["clerk", "officer", "handler", "signer", "reviewer", "discipline", "custodian"];
/** the platform's administrators are everywhere */
const ofAUnit = roles.filter((role) => !["petitioner", "delegate", "platformAdmin"].includes(role));
const grantable = roles.filter((role) => role !== "petitioner" && role !== "delegate");

// biome-ignore lint/style/noProcessEnv: how much to try is said by whoever starts the tests.
const LONG = process.env.DOORSTEP_LONG === "1";
/** What a form can send and a database cannot keep. */
const UNPRINTABLE = ["a\0b", "\0", "\ud800", "2026-05-04\0"];

let server: TestServer;
let known: Known;
const browsers = new Map<string, Browser>();
const as = (username: string): Browser => {
  const browser = browsers.get(username);
  if (!browser) throw new Error(`${username} is not signed in`);
  return browser;
};

const logged: string[] = [];

beforeAll(async () => {
  const log = new Writable({
    write(line, _encoding, written) {
      logged.push(String(line));
      written();
    },
  });
  server = await startTestServer({ log });
  const { units, people } = await seedPeople(
    server,
    [
      { code: "root" },
      { code: "left", parent: "root" },
      { code: "right", parent: "root" },
      { code: "spare", parent: "root" },
    ],
    [
      { username: "roleless", unit: "left" },
      { username: "left-desk", unit: "left", roles: deskRoles.map((role) => ({ role })) },
      { username: "right-desk", unit: "right", roles: ofAUnit.map((role) => ({ role, subtree: true })) },
      { username: "everything", unit: "root", roles: grantable.map((role) => ({ role, subtree: true })) },
      { username: "dummy", unit: "left" },
    ],
  );
  browsers.set("nobody", openBrowser(server.url));
  for (const username of people.keys()) {
    const browser = openBrowser(server.url);
    const { status } = await browser.post("/api/auth/sign-in/username", { username, password: TEST_PASSWORD });
    expect([username, status]).toEqual([username, 200]);
    browsers.set(username, browser);
  }
  const ids = {
    unitId: units.get("left"),
    parentId: units.get("root"),
    toUnitId: units.get("left"),
    successorId: units.get("spare"),
    personId: people.get("dummy"),
    handlerId: people.get("dummy"),
    rootId: units.get("root"),
    unitCode: "left",
    pluginId: "online-petition",
    fileIds: [],
    expanded: [],
    topicIds: [],
    original: {},
  };
  const filed = await as("left-desk").post("/rpc/intake.fileAtDesk", {
    ...(sampleInput(kernelContract.intake.fileAtDesk.input, ids) as object),
    key: "a-case-for-all-the-others",
    anonymity: "named",
    readBack: true,
  });
  expect([filed.status, filed.text]).toEqual([200, expect.anything()]);
  const { caseId, caseNo } = filed.body.result.data;
  const { rows } = await server.database.pool.query("select id from kernel.notices where case_id = $1", [caseId]);
  known = { ...ids, caseId, caseNo, noticeId: rows[0]?.id ?? server.platform.kernel.newId() };
}, 120_000);
afterAll(() => server.stop());

const call = (by: string, line: Line, input: unknown): Promise<Answer> => as(by).post(`/rpc/${line.path}`, input);

/** An answer without what differs from request to request. */
const essence = (answer: Answer): string =>
  `${answer.status} ${answer.text.replaceAll(/"requestId":"[^"]*"/g, "").replaceAll(/[0-9a-f-]{36}/g, "id")}`;

const refusedWith = (answer: Answer): ErrorCode => {
  const { code } = answer;
  if (code === undefined || !isErrorCode(code))
    throw new Error(`an answer without a known code: ${answer.status} ${answer.text}`);
  return code;
};

/** Never a defect: done, or refused with a code of the catalogue. */
function assertClear(answer: Answer): void {
  expect(answer.status, `${answer.text}\n${logged.slice(-3).join("")}`).toBeLessThan(500);
  if (answer.status >= 400) expect(refusedWith(answer)).not.toBe("unexpected");
}

function assertRefused(answer: Answer, what: unknown): void {
  expect([what, answer.status >= 400 && answer.status < 500, answer.text], answer.text).toEqual([
    what,
    true,
    answer.text,
  ]);
  expect(refusedWith(answer)).not.toBe("unexpected");
}

describe.each(named)("%s", (_path, line) => {
  const sample = () => sampleInput(line.spec.input, known);

  it("has a valid sample", () => {
    const parsed = line.spec.input.safeParse(sample());
    expect(parsed.success ? [] : parsed.error.issues).toEqual([]);
  });

  it("refuses input of another shape", async () => {
    for (const input of [null, 7, "text", [], [null]]) assertRefused(await call("everything", line, input), input);
    // Every field in turn as something it is not.
    for (const key of Object.keys(sample() as object)) {
      const wrong = withAt(sample(), [key], { not: ["what", "was", "asked"] });
      const accepts = line.spec.input.safeParse(wrong).success;
      const answer = await call("everything", line, wrong);
      if (accepts) assertClear(answer);
      else assertRefused(answer, key);
    }
  });

  it("is open to exactly those its line names", async () => {
    const [nobody, roleless] = [await call("nobody", line, sample()), await call("roleless", line, sample())];
    assertClear(nobody);
    assertClear(roleless);
    const { access } = line.spec;
    if (access === "public") {
      expect(["unauthorized", "forbidden"]).not.toContain(nobody.code);
    } else if (access === "petitioner") {
      expect(refusedWith(nobody)).toBe("case.notFound");
    } else {
      expect(refusedWith(nobody)).toBe("unauthorized");
      if (access === "signedIn") expect(roleless.code).not.toBe("unauthorized");
      else expect(refusedWith(roleless)).toBe("forbidden");
    }
  });

  it("refuses endless text in every field", async () => {
    const endless = "长".repeat(70_000);
    for (const path of stringsIn(sample()))
      assertRefused(await call("everything", line, withAt(sample(), path, endless)), path);
  });

  it("takes no NUL and no half character for a defect", async () => {
    for (const [n, path] of stringsIn(sample()).entries()) {
      // one pass tries one of them on each field, in turns; the long run each on each
      const tried = LONG ? UNPRINTABLE : [UNPRINTABLE[(n + lines.indexOf(line)) % UNPRINTABLE.length]];
      for (const text of tried) assertClear(await call("everything", line, withAt(sample(), path, text)));
    }
  });
});

describe("a case of another unit", () => {
  it.each(withKey("caseId"))("does not exist for %s", async (_path, line) => {
    const input = sampleInput(line.spec.input, known) as object;
    const invisible = await call("right-desk", line, input);
    const missing = await call("right-desk", line, { ...input, caseId: server.platform.kernel.newId() });
    assertRefused(invisible, "invisible");
    expect(essence(invisible)).toBe(essence(missing));
    expect(refusedWith(invisible)).toBe("case.notFound");
  });

  it.each(named.filter(([, { spec }]) => spec.kind === "query"))("stands in no answer of %s", async (_path, line) => {
    const { caseId: _caseId, ...others } = known;
    if (hasKey(line.spec.input, "caseId")) return;
    const answer = await call("right-desk", line, sampleInput(line.spec.input, { ...others, unitId: undefined }));
    expect(answer.text).not.toContain(String(known.caseId));
    expect(line.path === "cases.byNo" || !answer.text.includes(String(known.caseNo))).toBe(true);
  });

  it("is not found by its number", async () => {
    const [line] = named.filter(([path]) => path === "cases.byNo").map(([, one]) => one);
    if (!line) throw new Error("cases.byNo is gone");
    const invisible = await call("right-desk", line, { caseNo: known.caseNo });
    expect(essence(invisible)).toBe(essence(await call("right-desk", line, { caseNo: "2026-7K3M9Q-X" })));
    expect((await call("left-desk", line, { caseNo: known.caseNo })).status).toBe(200);
  });
});

describe("somebody of another unit's tree", () => {
  it.each(withKey("personId").filter(([path]) => path.startsWith("people.")))(
    "does not exist for %s",
    async (_path, line) => {
      const input = { ...(sampleInput(line.spec.input, known) as object), unitId: undefined };
      const invisible = await call("right-desk", line, input);
      const missing = await call("right-desk", line, { ...input, personId: server.platform.kernel.newId() });
      assertRefused(invisible, "invisible");
      expect(essence(invisible)).toBe(essence(missing));
    },
  );
});

describe("an older version", () => {
  const versions = [...withKey("version"), ...withKey("revision")];
  it.each(versions)("is refused by %s", async (_path, line) => {
    const input = sampleInput(line.spec.input, known) as object;
    const key = hasKey(line.spec.input, "version") ? "version" : "revision";
    const answer = await call("everything", line, {
      ...input,
      [key]: 900,
      ...("topics" in input && { topics: [] }),
      ...("key" in input && { key: `older-version-${line.path.replace(".", "-")}` }),
    });
    expect(refusedWith(answer)).toMatch(/\.stale$/);
  });
});

describe("the same key", () => {
  it.each(withKey("key"))("does nothing twice in %s", async (_path, line) => {
    const key = `the-same-key-${line.path.replace(".", "-")}`;
    const sample = { ...(sampleInput(line.spec.input, known) as Record<string, unknown>), key };
    const before = await entries();
    const first = await call("left-desk", line, sample);
    assertClear(first);
    const between = await entries();
    const second = await call("left-desk", line, sample);
    expect(second.status).toBe(first.status);
    if (first.status !== 200) return;
    expect(between).toBeGreaterThan(before);
    expect(second.text).toBe(first.text);
    expect(await entries()).toBe(between);
    // The key with other content is a mistake, not a repetition.
    const other = stringsIn(sample)
      .filter(([name]) => name !== "key")
      .map((path) => withAt(sample, path, "something else than before"))
      .find((changed) => line.spec.input.safeParse(changed).success);
    // Whoever declared himself partial sees the case no more, whatever he asks.
    if (other) expect(["key.reused", "case.notFound"]).toContain(refusedWith(await call("left-desk", line, other)));
  });
});

/** How many facts the ledger holds of what somebody did: workers go on meanwhile, and write theirs when they come to it. */
async function entries(): Promise<number> {
  const { rows } = await server.database.pool.query<{ n: number }>(
    "select count(*)::int as n from kernel.ledger where actor <> 'system'",
  );
  return rows[0]?.n ?? 0;
}
