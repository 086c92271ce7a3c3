import { expect, test } from "vitest";
import { scrolledTo } from "./tab-in-view.ts";

const row = (scrollLeft: number) => ({ scrollLeft, clientWidth: 358 });
const tab = (offsetLeft: number) => ({ offsetLeft, offsetWidth: 96 });

test.each([
  ["one that is seen stays where it is", 200, 250, 200],
  ["one that others have pushed out at the end comes back whole, before the fading edge", 200, 600, 378],
  ["one at the edge that fades is moved out of it", 0, 250, 28],
  ["one before the first that is seen is the first", 300, 120, 120],
])("%s", (_, scrolled, left, to) => {
  expect(scrolledTo(row(scrolled), tab(left))).toBe(to);
});
