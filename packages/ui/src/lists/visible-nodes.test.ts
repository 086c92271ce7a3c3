import { expect, test } from "vitest";
import { treeKey, visibleNodes } from "./visible-nodes.ts";

const children: Readonly<Record<string, readonly { id: string; children: number }[]>> = {
  a: [
    { id: "b", children: 1 },
    { id: "c", children: 0 },
  ],
  b: [{ id: "d", children: 0 }],
};
const roots = [{ id: "a", children: 2 }];
const shown = (...open: string[]) => visibleNodes(roots, new Set(open), (id) => children[id]);

test("only what is open is shown, each with its depth and its place among its siblings", () => {
  expect(shown().map((node) => node.unit.id)).toEqual(["a"]);
  expect(shown("b").map((node) => node.unit.id)).toEqual(["a"]);
  expect(
    shown("a", "b").map((node) => [node.unit.id, node.depth, node.position, node.siblings, node.expanded]),
  ).toEqual([
    ["a", 0, 1, 1, true],
    ["b", 1, 1, 2, true],
    ["d", 2, 1, 1, false],
    ["c", 1, 2, 2, false],
  ]);
});

test("a unit without units below is never open", () => {
  expect(shown("a", "c").find((node) => node.unit.id === "c")).toMatchObject({ expanded: false, loading: false });
});

test("an open unit whose children have not come yet is loading", () => {
  expect(visibleNodes(roots, new Set(["a"]), () => undefined)).toMatchObject([{ loading: true }]);
});

test.each([
  ["ArrowDown", 0, { focus: 1 }],
  ["ArrowDown", 3, { focus: 3 }],
  ["ArrowUp", 0, { focus: 0 }],
  ["End", 0, { focus: 3 }],
  ["Home", 3, { focus: 0 }],
  ["ArrowRight", 0, { focus: 1 }],
  ["ArrowRight", 2, {}],
  ["ArrowLeft", 1, { toggle: "b" }],
  ["ArrowLeft", 2, { focus: 1 }],
  ["ArrowLeft", 3, { focus: 0 }],
  ["x", 0, {}],
])("%s on row %i", (key, at, expected) => {
  expect(treeKey(key, shown("a", "b"), at)).toEqual(expected);
});

test("the right arrow opens a closed unit that has children", () => {
  expect(treeKey("ArrowRight", shown(), 0)).toEqual({ toggle: "a" });
});
