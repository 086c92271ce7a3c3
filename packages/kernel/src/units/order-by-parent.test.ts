import fc from "fast-check";
import { expect, test } from "vitest";
import { orderByParent } from "./order-by-parent.ts";

test("rows of a tree come parents first, whatever order they were written in", () => {
  const tree = fc
    .array(fc.nat({ max: 1_000 }), { minLength: 1, maxLength: 30 })
    .map((parents) => parents.map((p, i) => ({ code: `U${i}`, parent: i === 0 ? "" : `u${p % i}` })))
    .chain((rows) => fc.shuffledSubarray(rows, { minLength: rows.length }));

  fc.assert(
    fc.property(tree, (rows) => {
      const { ordered, circular } = orderByParent(rows);

      expect(circular).toEqual([]);
      const place = new Map(ordered.map((row, index) => [row.code.toLowerCase(), index]));
      expect(place.size).toBe(rows.length);
      for (const row of rows)
        if (row.parent) expect(place.get(row.parent) ?? 0).toBeLessThan(place.get(row.code.toLowerCase()) ?? -1);
    }),
  );
});

test("rows in a circle, and rows that hang on it, are told apart from the rest", () => {
  const rows = [
    { code: "A", parent: "B" },
    { code: "B", parent: "C" },
    { code: "C", parent: "A" },
    { code: "D", parent: "A" },
    { code: "E", parent: "E" },
    { code: "F", parent: "elsewhere" },
  ];

  const { ordered, circular } = orderByParent(rows);

  expect(ordered.map((row) => row.code)).toEqual(["F"]);
  expect(circular.map((row) => row.code)).toEqual(["A", "B", "C", "D", "E"]);
});
