import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../testing/index.ts";
import { createAttempts, PER_ORIGIN } from "./attempts.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const at = (milliseconds: number) => new Date(Date.UTC(2026, 0, 5, 8) + milliseconds);

it("tries that overtake each other on the way to the database are none too many", async () => {
  const { pool } = server.database;
  let now = at(0);
  const attempts = createAttempts(pool, Buffer.alloc(32), () => now);
  const seen = async () => (await pool.query("select failures, at from auth.attempts")).rows;
  await pool.query("delete from auth.attempts");

  await attempts.begin("origin", "barracks", PER_ORIGIN);
  now = at(-7);
  await attempts.begin("origin", "barracks", PER_ORIGIN);
  // nor does the late one shorten a wait that counts from the latest
  expect(await seen()).toEqual([{ failures: 2, at: at(0) }]);

  await pool.query("update auth.attempts set failures = $1", [PER_ORIGIN.free]);
  await expect(attempts.begin("origin", "barracks", PER_ORIGIN)).rejects.toMatchObject({ code: "request.tooMany" });
});
