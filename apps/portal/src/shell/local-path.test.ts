import { expect, test } from "vitest";
import { localPath } from "./local-path.ts";

test.each(["/", "/my", "/desk/queue?view=mine", "/admin/"])("%s is a path of this house", (path) => {
  expect(localPath(path)).toBe(path);
});

test.each([
  "//evil.example",
  "/\\evil.example",
  "https://evil.example",
  "javascript:alert(1)",
  "my",
  "",
  "/\t/evil",
  7,
  undefined,
])("%s is not followed", (value) => {
  expect(localPath(value)).toBeUndefined();
});
