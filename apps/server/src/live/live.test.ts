import { spawn } from "node:child_process";
import { join } from "node:path";
import { compileCache } from "@doorstep/database/testing";
import { expect, test } from "vitest";
import { type Browser, openBrowser } from "../testing/browser.ts";
import { seedPeople, TEST_PASSWORD } from "../testing/seed-people.ts";
import { startTestServer, type TestServer } from "../testing/start-test-server.ts";
import { resumeFrom, resumeToken } from "./resume-token.ts";

interface Event {
  readonly name: string;
  readonly id: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into what was sent.
  readonly data: any;
}

/** Listens as a page does, until it is closed by either side. */
async function listen(url: string, browser: Pick<Browser, "cookies">, lastId?: string) {
  const stop = new AbortController();
  const response = await fetch(`${url}/rpc/live`, {
    signal: stop.signal,
    headers: {
      cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
      ...(lastId !== undefined && { "last-event-id": lastId }),
    },
  });
  const events: Event[] = [];
  const state = { ended: response.body === null };
  const reading = (async () => {
    let text = "";
    for await (const part of response.body ?? []) {
      text += Buffer.from(part).toString("utf8");
      for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
        const fields = new Map(
          text
            .slice(0, end)
            .split("\n")
            .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 2)]),
        );
        text = text.slice(end + 2);
        const name = fields.get("event");
        if (name) events.push({ name, id: fields.get("id") ?? "", data: JSON.parse(fields.get("data") ?? "{}") });
      }
    }
  })()
    .catch(() => undefined)
    .finally(() => {
      state.ended = true;
    });
  return {
    status: response.status,
    state,
    news: () => events.filter((e) => e.name === "news"),
    names: () => events.map((e) => e.name),
    close: async () => {
      stop.abort();
      await reading;
    },
  };
}

async function until(what: () => boolean, ms = 8_000): Promise<void> {
  for (let waited = 0; !what(); waited += 20) {
    if (waited > ms) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
/** Longer than a batch takes from the commit to the screen. */
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 1_200));

async function signIn(url: string, username: string): Promise<Browser> {
  const browser = openBrowser(url);
  const answer = await browser.post("/api/auth/sign-in/username", { username, password: TEST_PASSWORD });
  expect(answer.status).toBe(200);
  return browser;
}

async function house(server: TestServer) {
  const seeded = await seedPeople(
    server,
    [{ code: "TOP" }, { code: "ONE", parent: "TOP" }, { code: "TWO", parent: "TOP" }],
    [
      { username: "clerk1", unit: "ONE", roles: [{ role: "clerk" }] },
      { username: "officer1", unit: "ONE", roles: [{ role: "officer" }] },
      { username: "clerk2", unit: "TWO", roles: [{ role: "clerk" }] },
    ],
  );
  return seeded;
}

let filed = 0;
/** A clerk writes a petition down; the return code is the petitioner's. */
async function file(
  clerk: Browser,
  unitId: string,
  more: object = {},
): Promise<{ caseId: string; returnCode: string }> {
  filed += 1;
  const answer = await clerk.post("/rpc/intake.fileAtDesk", {
    key: `live-test-filing-${filed}`,
    unitId,
    via: "letter",
    purpose: "solve",
    title: "津贴少发一档",
    body: "3月调动后艰苦边远津贴少发一档。",
    anonymity: "anonymous",
    readBack: true,
    ...more,
  });
  expect(answer.text).toContain("caseId");
  return answer.body.result.data;
}

const versionOf = async (server: TestServer, caseId: string): Promise<number> =>
  (await server.database.pool.query("select version from kernel.cases where id = $1", [caseId])).rows[0].version;

test("who is not signed in and has no code is told nothing, and need not come again", async () => {
  await using server = await startTestServer();
  const nobody = await listen(server.url, { cookies: new Map() });
  expect(nobody.status).toBe(204);
});

test("a change reaches the screens of those who may see it on every server, and nobody else's", async () => {
  await using server = await startTestServer();
  const { units } = await house(server);
  const one = units.get("ONE") ?? "";
  const other = spawn(
    process.execPath,
    ["--conditions=@doorstep/source", join(import.meta.dirname, "..", "testing", "main.ts")],
    {
      env: {
        PATH: "/usr/bin:/bin",
        PORT: "0",
        ...compileCache,
        DOORSTEP_DATA_DIR: server.dataDir,
        DATABASE_URL: server.env.databaseUrl ?? "",
      },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  try {
    let printed = "";
    other.stdout.setEncoding("utf8").on("data", (text) => (printed += text));
    await until(() => /http:\/\/127\.0\.0\.1:\d+/.test(printed), 40_000);
    const otherUrl = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0] ?? "";

    const clerk = await signIn(server.url, "clerk1");
    const officer = await signIn(server.url, "officer1");
    const stranger = await signIn(server.url, "clerk2");
    const screens = {
      here: await listen(server.url, officer),
      there: await listen(otherUrl, officer),
      strange: await listen(otherUrl, stranger),
    };
    const { caseId, returnCode } = await file(clerk, one);
    await until(() => [screens.here, screens.there].every((s) => s.news().some((e) => e.data.cases.includes(caseId))));
    await until(() => screens.there.news().some((e) => e.data.bell));

    // the petitioner, at the other server, notices what is meant for him and nothing else
    const petitioner = openBrowser(otherUrl);
    await petitioner.post("/rpc/intake.track", { code: returnCode });
    const own = await listen(otherUrl, petitioner);
    const write = async (visibility: string) => {
      filed += 1;
      const version = await versionOf(server, caseId);
      const said = { caseId, version, key: `live-test-message-${filed}`, text: "一", visibility, fileIds: [] };
      expect((await clerk.post("/rpc/cases.note", said)).status).toBe(200);
    };
    const before = screens.there.news().length;
    await write("internal");
    await until(() => screens.there.news().length > before);
    await aWhile();
    expect(own.news()).toEqual([]);
    await write("petitioner");
    await until(() => own.news().length > 0);
    expect(own.news()[0]?.data).toEqual({ cases: [], own: [caseId], presence: [], bell: false });

    // presence goes the same way
    const tab = server.platform.kernel.newId();
    const at = await officer.post("/rpc/cases.present", { caseId, tab, doing: "editing" });
    expect(at.body.result.data).toEqual([]);
    await until(() => screens.there.news().some((e) => e.data.presence.includes(caseId)));
    const seen = await clerk.post("/rpc/cases.present", {
      caseId,
      tab: server.platform.kernel.newId(),
      doing: "reading",
    });
    expect(seen.body.result.data).toEqual([{ name: "officer1", editing: true }]);
    expect((await stranger.post("/rpc/cases.present", { caseId, tab, doing: "reading" })).code).toBe("case.notFound");

    expect(screens.strange.news()).toEqual([]);
    expect(own.news().every((e) => e.data.presence.length === 0)).toBe(true);
    for (const screen of [...Object.values(screens), own]) await screen.close();
  } finally {
    other.kill("SIGTERM");
    await new Promise((resolve) => other.once("exit", resolve));
  }
}, 90_000);

test("a screen that was away goes on where it was; one that was away too long reads everything anew", async () => {
  await using server = await startTestServer();
  const { units } = await house(server);
  const one = units.get("ONE") ?? "";
  const clerk = await signIn(server.url, "clerk1");
  const officer = await signIn(server.url, "officer1");
  const first = await listen(server.url, officer);
  const seen = await file(clerk, one);
  await until(() => first.news().some((e) => e.data.cases.includes(seen.caseId)));
  await aWhile();
  const lastId = first.news().at(-1)?.id ?? "";
  await first.close();
  const missed = await file(clerk, one);
  await aWhile();

  const again = await listen(server.url, officer, lastId);
  await until(() => again.news().length > 0);
  expect(again.names()[0]).toBe("hello");
  expect(again.news().flatMap((e) => e.data.cases)).toEqual([missed.caseId]);
  await again.close();

  server.clock.advance("PT1H");
  const late = await listen(server.url, officer, lastId);
  await until(() => late.names().length > 0);
  expect(late.names()).toEqual(["reset"]);
  await late.close();
});

test("signing out closes every screen of the session at once; who is recused hears nothing more", async () => {
  await using server = await startTestServer();
  const { units, people } = await house(server);
  const one = units.get("ONE") ?? "";
  const clerk = await signIn(server.url, "clerk1");
  const officer = await signIn(server.url, "officer1");
  const other = await signIn(server.url, "officer1");
  const screens = [await listen(server.url, officer), await listen(server.url, officer)];
  const kept = await listen(server.url, other);
  const { caseId } = await file(clerk, one);
  await until(() => kept.news().some((e) => e.data.cases.includes(caseId)));
  await aWhile();

  expect((await officer.post("/api/auth/sign-out", {})).status).toBe(200);
  await until(() => screens.every((s) => s.state.ended), 3_000);
  expect(kept.state.ended).toBe(false);

  const before = kept.news().length;
  await server.database.pool.query(
    "insert into kernel.recusals (person_id, case_id, source, state, at) values ($1, $2, 'self', 'granted', now())",
    [people.get("officer1"), caseId],
  );
  const version = await versionOf(server, caseId);
  const said = { caseId, version, key: "live-test-after-recusal", text: "一", visibility: "internal", fileIds: [] };
  expect((await clerk.post("/rpc/cases.note", said)).status).toBe(200);
  await aWhile();
  expect(kept.news().length).toBe(before);
  await kept.close();
});

test("where a screen is can be told to nobody else, and by nobody else", () => {
  const key = Buffer.alloc(32, 1);
  const now = new Date("2026-03-02T02:00:00Z");
  const token = resumeToken(key, 41, now);
  expect(resumeFrom(key, token, now)).toBe(41);
  expect(token).not.toBe(resumeToken(key, 41, now));
  expect(resumeFrom(Buffer.alloc(32, 2), token, now)).toBeUndefined();
  expect(resumeFrom(key, `${token.slice(0, -2)}AA`, now)).toBeUndefined();
  expect(resumeFrom(key, undefined, now)).toBeUndefined();
});
