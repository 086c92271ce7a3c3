import { pbkdf2Sync } from "node:crypto";
import { expect, test } from "vitest";
import { findNumber } from "./find-number.ts";
import { taskOf } from "./task.ts";

test("finds a number that the server's own function accepts", async () => {
  const challenge = "lzk3f.5.AAAAAAAAAAAAAAAAAAAAAA";
  const work = await findNumber({ challenge, bits: 5, iterations: 400 });
  const number = work.slice(challenge.length + 1);
  expect(work.startsWith(`${challenge}.`)).toBe(true);
  expect(pbkdf2Sync(number, challenge, 400, 4, "sha256").readUInt32BE(0) >>> 27).toBe(0);
});

test("only the one refusal holds a task", () => {
  const task = { challenge: "a.4.b", bits: 4, iterations: 400 };
  expect(taskOf({ data: { code: "intake.workNeeded", params: task } })).toEqual(task);
  expect(taskOf({ data: { code: "request.tooMany", params: { seconds: 3 } } })).toBeUndefined();
  expect(taskOf(new TypeError("network"))).toBeUndefined();
});
