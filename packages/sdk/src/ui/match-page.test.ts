import { expect, test } from "vitest";
import { matchPage } from "./match-page.ts";
import type { PageContribution } from "./plugin-ui.ts";

const page = (path: string): PageContribution => ({
  path,
  title: { "zh-CN": "页", en: "Page" },
  component: () => null,
});
const pages = {
  step: page("/:step"),
  done: page("/done"),
  start: page("/"),
  deep: page("/boards/:board/letters/:letter"),
};

test.each([
  ["/", "start", {}],
  ["", "start", {}],
  ["/done", "done", {}],
  ["/done/", "done", {}],
  ["/2", "step", { step: "2" }],
  ["/boards/a/letters/b", "deep", { board: "a", letter: "b" }],
] as const)("%s is %s", (path, key, params) => {
  expect(matchPage(pages, path)).toMatchObject({ key, params });
});

test("a path nobody declared has no page", () => {
  expect(matchPage(pages, "/2/3")).toBeUndefined();
  expect(matchPage(pages, "/boards/a/letters")).toBeUndefined();
});
