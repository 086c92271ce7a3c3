import { calendarFile } from "@doorstep/contracts";
import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { registerCase } from "../cases/register.ts";
import { execute } from "../pipeline/execute.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, claim, file, inHandling, staffOf } from "../testing/story.ts";
import { type Booked, book, calendarOf, cancel, meetingsOf } from "./appointments.ts";

const at = (hour: number): string => `2026-03-09T${String(hour).padStart(2, "0")}:00:00.000Z`;
const meeting = (people: readonly Actor[], from: number, more: object = {}) => ({
  pluginId: "talks",
  title: { "zh-CN": "会面", en: "Meeting" },
  place: "一楼, zebrafinch 室",
  room: "101",
  people: people.map((one) => one.personId),
  startsAt: at(from),
  endsAt: at(from + 1),
  ...more,
});
const reserve = (
  t: TestKernel,
  by: Actor | null,
  caseId: string | null,
  key: string,
  what: object,
  more: Partial<Booked> = {},
) => book(t.kernel, { by, caseId, unitId: t.units.first, key, ...more }, what as never);
const taken = { code: "appointment.taken" };

test("nobody and no room is booked twice at a time, whoever books; one after the other fits, and what is cancelled is free again", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await inHandling(t, s);

  const first = await reserve(t, s.officer, id, "a", meeting([s.handler], 1));

  expect(await reserve(t, s.officer, id, "a", meeting([s.handler], 1))).toBe(first);
  await expect(reserve(t, s.officer, id, "b", meeting([s.clerk], 1))).rejects.toMatchObject(taken);
  const elsewhere = { room: "102", startsAt: "2026-03-09T01:59:59.000Z" };
  await expect(reserve(t, s.officer, null, "c", meeting([s.handler], 1, elsewhere))).rejects.toMatchObject(taken);
  await reserve(t, s.officer, null, "d", meeting([s.handler], 2));
  await reserve(t, s.officer, null, "e", meeting([s.clerk], 1, { room: null }));
  await cancel(t.kernel, { by: s.officer, unitId: t.units.first }, "talks", first);
  await reserve(t, s.officer, null, "f", meeting([s.handler], 1));
  expect(await meetingsOf(t.kernel, s.clerk, { pluginId: "talks", caseId: id, unitId: t.units.first })).toMatchObject([
    { appointmentId: first, cancelled: true, mine: false },
  ]);
  const { rows } = await t.database.pool.query("select body from kernel.ledger where type like 'appointment.%'");
  expect(rows).toHaveLength(5);
  expect(JSON.stringify(rows)).not.toContain("zebrafinch");
});

test("of many who want the same hour at once exactly one has it", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);

  const tries = Array.from({ length: 40 }, (_, n) =>
    reserve(t, s.officer, null, `k${n}`, meeting([s.handler], 1, { room: null })).then(
      () => "booked",
      (error: { code?: string }) => error.code,
    ),
  );

  expect((await Promise.all(tries)).toSorted()).toEqual([...Array(39).fill("appointment.taken"), "booked"]);
});

test("times, people and rights are asked; of a petition that is not for him there is nothing", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  const stranger = await t.person("外人", "second", [{ role: "officer", unit: "second" }]);
  const when = (startsAt: string, endsAt: string) => meeting([s.handler], 1, { startsAt, endsAt });

  for (const wrong of [
    when(at(2), at(1)),
    when("2026-03-01T01:00:00Z", at(1)),
    when(at(1), "2026-03-11T01:00:00Z"),
    when("x", "y"),
  ])
    for (const caseId of [id, null])
      await expect(reserve(t, s.officer, caseId, "w", wrong)).rejects.toMatchObject({ code: "appointment.time" });
  await expect(reserve(t, s.officer, id, "p", meeting([stranger], 1))).rejects.toMatchObject({
    reasons: [{ code: "appointment.personCannot" }],
  });
  await expect(reserve(t, s.officer, null, "p", meeting([stranger], 1))).rejects.toMatchObject({
    code: "appointment.personCannot",
  });
  await expect(reserve(t, stranger, id, "s", meeting([s.handler], 1))).rejects.toMatchObject({ code: "case.notFound" });
  await expect(reserve(t, stranger, null, "s", meeting([s.handler], 1))).rejects.toMatchObject({ code: "forbidden" });
  await expect(reserve(t, null, id, "j", meeting([s.handler], 1), { unitId: t.units.second })).rejects.toMatchObject({
    code: "case.notFound",
  });
  const made = await reserve(t, null, id, "j", meeting([s.handler], 1), { unitId: t.units.brigade });
  await expect(calendarOf(t.kernel, stranger, "talks", made)).rejects.toMatchObject({ code: "appointment.notFound" });
  await expect(calendarOf(t.kernel, s.officer, "other", made)).rejects.toMatchObject({ code: "appointment.notFound" });
  await expect(cancel(t.kernel, { by: stranger, unitId: t.units.first }, "talks", made)).rejects.toMatchObject({
    code: "appointment.notFound",
  });
  await expect(
    meetingsOf(t.kernel, stranger, { pluginId: "talks", caseId: null, unitId: t.units.first }),
  ).rejects.toMatchObject({ code: "forbidden" });
  const own = await reserve(t, s.officer, null, "u", meeting([s.handler], 5));
  await expect(cancel(t.kernel, { by: s.clerk, unitId: t.units.first }, "talks", own)).rejects.toMatchObject({
    code: "appointment.notFound",
  });
  await cancel(t.kernel, { by: s.handler, unitId: t.units.first }, "talks", own);
  await expect(cancel(t.kernel, { by: s.handler, unitId: t.units.first }, "talks", own)).rejects.toMatchObject({
    code: "appointment.notFound",
  });
});

test("the place is sealed when the petition comes to an organ; no module books there", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await file(t);
  await reserve(t, s.officer, id, "a", meeting([s.clerk], 1));
  const accusation = { ...claim, category: "accusation", track: "accusation", subRoute: null, confidentiality: 3 };

  await execute(t.kernel, registerCase, byPerson(t, id, s.clerk), accusation as never);

  expect((await t.database.pool.query("select place from kernel.appointments")).rows[0].place).toMatch(/^c3:/);
  const organ = await t.person("纪检", "brigade", [{ role: "discipline", unit: "brigade" }]);
  expect(await meetingsOf(t.kernel, organ, { pluginId: "talks", caseId: id, unitId: t.units.first })).toEqual([]);
  await expect(reserve(t, organ, id, "b", meeting([organ], 1))).rejects.toMatchObject({ code: "forbidden" });
});

test("a calendar file has lines of at most 75 bytes, escapes, and says when it was called off", () => {
  const entry = {
    id: "i",
    title: { "zh-CN": "接访日", en: "Reception day" },
    place: `一楼,${"会议室".repeat(20)}\nB; 2\\3`,
    startsAt: at(1),
    endsAt: at(2),
    cancelled: false,
  };
  const text = calendarFile(entry, new Date(at(0)));

  for (const line of text.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  expect(text.replaceAll("\r\n ", "")).toContain(`LOCATION:一楼\\,${"会议室".repeat(20)}\\nB\\; 2\\\\3\r\n`);
  expect(text).toContain("DTSTART:20260309T010000Z\r\nDTEND:20260309T020000Z\r\n");
  expect(text).toMatch(/SEQUENCE:0[\s\S]*STATUS:CONFIRMED/);
  const calledOff = calendarFile({ ...entry, cancelled: true }, new Date(at(0)));
  expect(calledOff).toMatch(/SEQUENCE:1[\s\S]*STATUS:CANCELLED/);
  // a method would ask for an organizer with an address
  for (const file of [text, calledOff]) expect(file).not.toContain("METHOD");
});
