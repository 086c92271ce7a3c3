import { expect, test } from "vitest";
import { whenToSend } from "./when-to-send.ts";

const hours = { quietFrom: "21:00", quietUntil: "07:30", digestAt: "08:00" };
const send = (mode: "atOnce" | "daily", since: string, now: string, more: object = {}, timeZone = "Asia/Shanghai") =>
  whenToSend({ mode, since, urgent: false }, now, { ...hours, ...more }, timeZone).toISOString();

test.each([
  ["by day", "2026-03-02T04:00:00.000Z", "2026-03-02T04:00:00.000Z"],
  ["at 21:00 quiet begins", "2026-03-02T13:00:00.000Z", "2026-03-02T23:30:00.000Z"],
  ["one minute before it", "2026-03-02T12:59:00.000Z", "2026-03-02T12:59:00.000Z"],
  ["after midnight", "2026-03-02T18:00:30.000Z", "2026-03-02T23:30:00.000Z"],
  ["at 07:30 it is over", "2026-03-02T23:30:00.000Z", "2026-03-02T23:30:00.000Z"],
])("at once, %s", (_name, now, due) => {
  expect(send("atOnce", now, now)).toBe(due);
});

test("somebody in danger waits for no morning and no summary", () => {
  const night = "2026-03-02T18:00:30.000Z";
  for (const mode of ["atOnce", "daily"] as const)
    expect(whenToSend({ mode, since: night, urgent: true }, night, hours, "Asia/Shanghai").toISOString()).toBe(night);
});

test("the unit's zone decides, not the machine's", () => {
  const now = "2026-03-02T12:00:00.000Z";
  expect(send("atOnce", now, now, {}, "Asia/Urumqi")).toBe(now);
  expect(send("atOnce", now, now, {}, "Asia/Tokyo")).toBe("2026-03-02T22:30:00.000Z");
});

test("the day's summary comes at its hour after the oldest news, and not in quiet hours", () => {
  const since = "2026-03-02T04:00:00.000Z";
  expect(send("daily", since, since)).toBe("2026-03-03T00:00:00.000Z");
  expect(send("daily", since, "2026-03-03T00:00:00.000Z")).toBe("2026-03-03T00:00:00.000Z");
  expect(send("daily", since, "2026-03-03T02:00:00.000Z")).toBe("2026-03-03T02:00:00.000Z");
  expect(send("daily", since, since, { digestAt: "06:00" })).toBe("2026-03-02T23:30:00.000Z");
});

test("equal hours mean no quiet ones, and a range by day is quiet by day", () => {
  const night = "2026-03-02T18:00:00.000Z";
  expect(send("atOnce", night, night, { quietUntil: "21:00" })).toBe(night);
  const noon = "2026-03-02T04:15:00.000Z";
  expect(send("atOnce", noon, noon, { quietFrom: "12:00", quietUntil: "14:00" })).toBe("2026-03-02T06:00:00.000Z");
});

test("a night in which the clock jumps ends when the wall says so", () => {
  const since = "2026-03-29T00:30:00.000Z";
  expect(send("atOnce", since, since, {}, "Europe/Berlin")).toBe("2026-03-29T05:30:00.000Z");
});
