import { expect, test } from "vitest";
import type { DoorstepError } from "../actor.ts";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import { execute } from "../pipeline/execute.ts";
import { sweepClocks } from "../sweep/sweep-clocks.ts";
import { openTestKernel } from "../testing/index.ts";
import { byPerson, byPetitioner, inHandling, reply, rows, staffOf } from "../testing/story.ts";
import { extendHandling } from "./extend.ts";
import { readCase } from "./read-case.ts";

const codes = (error: unknown): readonly string[] => (error as DoorstepError).reasons.map((r) => r.code);
const more = { days: 30, reason: "涉及两个年度的工资档案" };

test("the head of the unit extends handling once: counted anew from the start, rolled once, told to the petitioner", async () => {
  await using t = await openTestKernel({ now: "2026-02-03T02:00:00Z" });
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  const dueOf = async () => (await readPetitionerCase(t.kernel, id)).clocks.find((c) => c.code === "K4");
  expect((await dueOf())?.dueOn).toBe("2026-04-07");

  await execute(t.kernel, extendHandling, byPerson(t, id, s.signer), more);
  // the vector of SPEC §5: 30 days from the unrolled 4 April, rolled once
  expect(await dueOf()).toMatchObject({ dueOn: "2026-05-06", state: "running" });
  expect((await dueOf())?.sentence["zh-CN"]).toContain("30");
  const seen = await readPetitionerCase(t.kernel, id);
  expect(seen.letters.filter((l) => l.code === "D13")).toHaveLength(1);
  const view = await readCase(t.kernel, s.officer, id);
  expect(view.marks).toContain("extended");
  const [entry] = await rows<{ facts: { days: number; due: object } }>(
    t,
    "select body::jsonb->'facts' as facts from kernel.ledger where stream = $1 and type = 'case.extended'",
    [id],
  );
  expect(entry?.facts).toMatchObject({ days: 30, due: { K4: "2026-05-06" } });
  const [row] = await rows<{ due: string }>(
    t,
    "select due::text from kernel.case_audience where case_id = $1 limit 1",
    [id],
  );
  expect(row?.due).toBe("2026-05-06");

  const again = execute(t.kernel, extendHandling, byPerson(t, id, s.signer), more);
  expect(codes(await again.catch((e) => e))).toEqual(["extension.once"]);
});

test("the longer clock signals its new date, and no signal that was behind comes again", async () => {
  await using t = await openTestKernel({ now: "2026-02-03T02:00:00Z" });
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  t.clock.now = new Date("2026-04-05T02:00:00Z");
  await sweepClocks(t.kernel);
  await execute(t.kernel, extendHandling, byPerson(t, id, s.signer), more);
  const told = () =>
    rows<{ type: string }>(
      t,
      "select type from kernel.ledger where stream = $1 and type like 'clock.%' and body::jsonb->'facts'->>'code' = 'K4' order by seq",
      [id],
    );
  const before = await told();
  t.clock.now = new Date("2026-04-09T02:00:00Z");
  await sweepClocks(t.kernel);
  expect(await told()).toEqual(before);
  t.clock.now = new Date("2026-05-07T02:00:00Z");
  await sweepClocks(t.kernel);
  expect((await told()).at(-1)?.type).toBe("clock.breached");
});

test("only the head of the unit, before the day, no longer than the pack allows, and not after the reply", async () => {
  await using t = await openTestKernel({ now: "2026-02-03T02:00:00Z" });
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  for (const who of [s.officer, s.handler, s.clerk])
    await expect(execute(t.kernel, extendHandling, byPerson(t, id, who), more)).rejects.toMatchObject({
      code: "forbidden",
    });
  await expect(execute(t.kernel, extendHandling, byPetitioner(t, id), more)).rejects.toMatchObject({
    code: "forbidden",
  });
  const long = execute(t.kernel, extendHandling, byPerson(t, id, s.signer), { ...more, days: 31 });
  expect(codes(await long.catch((e) => e))).toEqual(["extension.tooLong"]);
  t.clock.now = new Date("2026-04-08T02:00:00Z");
  const late = execute(t.kernel, extendHandling, byPerson(t, id, s.signer), more);
  expect(codes(await late.catch((e) => e))).toEqual(["clock.notDue"]);
  await reply(t, s, id);
  const answered = execute(t.kernel, extendHandling, byPerson(t, id, s.signer), more);
  expect(codes(await answered.catch((e) => e))).toEqual(["act.state"]);
});
