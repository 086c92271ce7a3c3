import type { DatasetAbout, ReleasedFigures } from "@doorstep/sdk";
import { expect, test } from "vitest";
import { othersOf } from "./others.ts";

const about = (dataset: string): DatasetAbout => {
  const title = { "zh-CN": dataset, en: dataset };
  return { dataset, title, module: title, dimensions: {}, measures: {} };
};
const released = (own: boolean, total: number | null, measures: ReleasedFigures["measures"]): ReleasedFigures => ({
  ...{ month: "2026-03", number: 1, releasedAt: "2026-04-11T00:00:00Z", unitId: "u1" },
  ...{ own, total, dimensions: {}, measures },
});

/** Released figures of a platform, by dataset; what modules that are on count is listed. */
const platform = (on: readonly string[], figures: Readonly<Record<string, readonly ReleasedFigures[]>>) => ({
  datasets: {
    list: async () => on.map(about),
    read: async ({ dataset }: { readonly dataset: string }) => figures[dataset] ?? [],
  },
});

test("what other modules released is shown where they are on; own figures and those with units below are told apart", async () => {
  const ctx = platform(
    ["reception-day/session", "reception-day/visit", "supervision/recommendations", "heart-talk/promise"],
    {
      "reception-day/session": [
        released(true, 7, { held: { yes: 6, no: null } }),
        released(false, 20, { held: { yes: 15, no: 5 } }),
      ],
      "heart-talk/promise": [released(false, 9, { kept: { yes: null, no: null } })],
      "supervision/recommendations": [
        released(false, 30, {
          inTime: { yes: 18, no: 12 },
          answered: { yes: 20, no: 10 },
          adopted: { yes: 12, no: 18 },
        }),
      ],
      "kernel/retaliation-reports": [released(false, 6, {})],
      "kernel/retaliation-findings": [released(false, null, { confirmed: { yes: null, no: null } })],
      "backlog/month": [released(false, 30, { struck: { yes: 10, no: 20 } })],
    },
  );
  const figures = async (below: boolean) =>
    (await othersOf(ctx, { month: "2026-03", below })).map((one) => [one.code, one.above, one.below]);

  expect(await figures(true)).toEqual([
    ["I18", 15, 20],
    ["I20", 18, 30],
    // of those that were answered
    ["I20a", 12, 20],
    ["I22", null, 9],
    // of the platform itself, in no list of what modules count
    ["I23", undefined, 6],
    ["I23c", null, null],
  ]);
  expect(await figures(false)).toEqual([
    ["I18", 6, 7],
    ["I20", 18, 30],
    ["I20a", 12, 20],
    ["I22", null, 9],
    ["I23", undefined, 6],
    ["I23c", null, null],
  ]);
});
