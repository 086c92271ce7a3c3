import fc from "fast-check";
import { expect, test } from "vitest";
import { guessDateOrder, parseMoment } from "./parse-date.ts";

const shanghai = "Asia/Shanghai";
const newYork = "America/New_York";

test.each([
  ["2019-04-25 09:32:09", "ymd", shanghai, "2019-04-25T01:32:09.000Z", "2019-04-25"],
  ["2019-04-25T09:32:09", "ymd", shanghai, "2019-04-25T01:32:09.000Z", "2019-04-25"],
  ["2019-04-25T09:32:09Z", "ymd", shanghai, "2019-04-25T09:32:09.000Z", "2019-04-25"],
  ["2019-04-25T23:32:09+00:00", "ymd", shanghai, "2019-04-25T23:32:09.000Z", "2019-04-26"],
  ["2019/4/5", "ymd", shanghai, "2019-04-04T16:00:00.000Z", "2019-04-05"],
  ["2019.4.5 7:05", "ymd", shanghai, "2019-04-04T23:05:00.000Z", "2019-04-05"],
  ["2019年4月5日", "ymd", shanghai, "2019-04-04T16:00:00.000Z", "2019-04-05"],
  ["2019年4月5日 9时30分", "ymd", shanghai, "2019-04-05T01:30:00.000Z", "2019-04-05"],
  ["20190405", "ymd", shanghai, "2019-04-04T16:00:00.000Z", "2019-04-05"],
  ["20190405093015", "ymd", shanghai, "2019-04-05T01:30:15.000Z", "2019-04-05"],
  ["4/5/2019", "mdy", newYork, "2019-04-05T04:00:00.000Z", "2019-04-05"],
  ["4/5/2019", "dmy", newYork, "2019-05-04T04:00:00.000Z", "2019-05-04"],
  ["4/5/2019 12:05 AM", "mdy", newYork, "2019-04-05T04:05:00.000Z", "2019-04-05"],
  ["4/5/2019 3:05 pm", "mdy", newYork, "2019-04-05T19:05:00.000Z", "2019-04-05"],
  // Summer time begins and ends.
  ["2026-03-08 01:59", "ymd", newYork, "2026-03-08T06:59:00.000Z", "2026-03-08"],
  ["2026-03-08 03:00", "ymd", newYork, "2026-03-08T07:00:00.000Z", "2026-03-08"],
  ["2026-11-01 12:00", "ymd", newYork, "2026-11-01T17:00:00.000Z", "2026-11-01"],
  ["2024-02-29", "ymd", shanghai, "2024-02-28T16:00:00.000Z", "2024-02-29"],
] as const)("%s (%s, %s) is %s", (text, order, zone, at, on) => {
  expect(parseMoment(text, zone, order)).toMatchObject({ at, on });
});

test.each([
  "",
  "yesterday",
  "2019-13-01",
  "2019-02-29",
  "2019-04-31",
  "4/5/2019",
  "2019-04-25 25:00",
  "0019-04-25",
  "201904",
  "12345",
])("%s is no date", (text) => {
  expect(parseMoment(text, shanghai, "ymd")).toBeUndefined();
});

test("a moment written in the unit's time is read back as it was written", () => {
  const zones = fc.constantFrom(shanghai, newYork, "Asia/Urumqi", "Europe/Berlin", "Australia/Lord_Howe");
  const moments = fc.date({ min: new Date("1950-01-01"), max: new Date("2035-01-01"), noInvalidDate: true });
  fc.assert(
    fc.property(zones, moments, (timeZone, date) => {
      const at = new Date(Math.floor(date.getTime() / 1_000) * 1_000);
      const written = at.toLocaleString("sv-SE", { timeZone });
      const read = parseMoment(written, timeZone, "ymd");
      // An hour that the clock shows twice is one of the two.
      expect(new Date(read?.at ?? "").toLocaleString("sv-SE", { timeZone })).toBe(written);
    }),
  );
});

test.each([
  [["4/25/2019", "4/5/2019"], "mdy"],
  [["25/4/2019"], "dmy"],
  [["4/5/2019"], "ymd"],
  [["2019-04-25"], "ymd"],
])("the order of %j is %s", (samples, order) => {
  expect(guessDateOrder(samples)).toBe(order);
});
