import { expect, test } from "vitest";
import { hashOf, newCode } from "./bookings/code.ts";
import { slotAt, slotsOf } from "./slots.ts";

test("a code is read as people write it down, and no two are alike", () => {
  const code = newCode();
  expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
  expect(hashOf("10AB-CDEF-0000-1111")).toEqual(hashOf(" lOab cdef ooooIl11"));
  expect(new Set(Array.from({ length: 200 }, newCode)).size).toBe(200);
});

test("a day has as many times as fit into it", () => {
  const day = { startsAt: "2026-03-10T01:00:00.000Z", endsAt: "2026-03-10T02:50:00.000Z", slotMinutes: 30 };
  expect(slotsOf(day)).toBe(3);
  expect(slotAt(day, 2)).toBe("2026-03-10T02:00:00.000Z");
});
