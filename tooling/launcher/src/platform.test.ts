import { expect, test } from "vitest";
import { unsupportedReason } from "./platform.mjs";

test.each([
  ["linux", "x64"],
  ["linux", "arm64"],
  ["darwin", "arm64"],
])("runs on %s-%s", (platform, arch) => {
  expect(unsupportedReason({ platform, arch, glibc: true })).toBeUndefined();
});

test.each([
  ["win32", "x64", true, /win32-x64.*WSL 2/],
  ["darwin", "x64", true, /darwin-x64.*container/],
  ["linux", "ia32", true, /linux-ia32.*container/],
  ["linux", "x64", false, /linux-x64 with musl.*container/],
])("on %s-%s (glibc: %s) it says what to use instead", (platform, arch, glibc, expected) => {
  expect(unsupportedReason({ platform, arch, glibc })).toMatch(expected);
});

test("runs on the machine of this test", () => {
  expect(unsupportedReason()).toBeUndefined();
});
