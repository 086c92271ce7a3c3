import { afterAll, beforeAll, expect, it } from "vitest";
import { openBrowser, seedPeople, startTestServer, TEST_PASSWORD, type TestServer } from "../testing/index.ts";
import { createAttempts } from "./attempts.ts";
import { cleanAccounts } from "./clean-accounts.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await seedPeople(server, [{ code: "root" }], [{ username: "zhang", unit: "root" }]);
});
afterAll(() => server.stop());

it("a session not used for twelve hours is over, and then forgotten with all traces of failures", async () => {
  const { pool } = server.database;
  const browser = openBrowser(server.url);
  const signIn = (password: string) => browser.post("/api/auth/sign-in/username", { username: "zhang", password });
  await signIn("wrong");
  await signIn(TEST_PASSWORD);
  await signIn("wrong");
  for (let hours = 0; hours < 24; hours += 8) {
    server.clock.advance("PT8H");
    expect((await browser.post("/rpc/session.list", {})).status).toBe(200);
  }
  server.clock.advance("PT12H1M");
  expect((await browser.post("/rpc/session.list", {})).status).toBe(401);
  const clean = () => cleanAccounts(pool, createAttempts(pool, Buffer.alloc(32), server.clock.now), server.clock.now());
  const left = async () =>
    (
      await pool.query(
        "select (select count(*)::int from auth.sessions) as sessions, (select count(*)::int from auth.attempts) as attempts",
      )
    ).rows[0];
  await clean();
  expect(await left()).toEqual({ sessions: 0, attempts: 2 });
  server.clock.advance("P2D");
  await clean();
  expect(await left()).toEqual({ sessions: 0, attempts: 0 });
});
