import { expect, test } from "vitest";
import { changesOf } from "./changes.ts";

test("an entry that says itself what was is read alone; what stayed is left out", () => {
  expect(changesOf({ was: "inherit", choice: "on", wasLock: false, lock: false }, { choice: "off" })).toEqual([
    { field: "choice", before: "inherit", after: "on" },
  ]);
  expect(changesOf({ from: "received", to: "registered", unit: "u" }, undefined)).toEqual([
    { field: "to", before: "received", after: "registered" },
  ]);
});

test("any other is held against the last one about the same thing", () => {
  expect(changesOf({ role: "officer", until: "2026-12-31" }, { role: "officer" })).toEqual([
    { field: "until", before: undefined, after: "2026-12-31" },
  ]);
  expect(changesOf({ role: "officer" }, undefined)).toEqual([]);
});
