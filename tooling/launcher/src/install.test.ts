import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { installHash, isInstalled, rememberInstall } from "./install.mjs";

/** A checkout, installed, in a folder whose name needs care. */
function installed(): string {
  const root = mkdtempSync(join(tmpdir(), "连心桥 launcher "));
  mkdirSync(join(root, "node_modules", ".bin"), { recursive: true });
  for (const name of ["pnpm", "node"]) writeFileSync(join(root, "node_modules", ".bin", name), "");
  mkdirSync(join(root, "packages", "one"), { recursive: true });
  for (const file of ["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml", "packages/one/package.json"]) {
    writeFileSync(join(root, file), file);
  }
  rememberInstall(root);
  return root;
}

test("an install that was done is not done again", () => {
  expect(isInstalled(installed())).toBe(true);
});

test.each(["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml", "packages/one/package.json"])(
  "a change of %s asks for an install",
  (file) => {
    const root = installed();
    writeFileSync(join(root, file), "changed");

    expect(isInstalled(root)).toBe(false);
  },
);

test("a package that was added asks for an install", () => {
  const root = installed();
  mkdirSync(join(root, "packages", "two"));
  writeFileSync(join(root, "packages", "two", "package.json"), "{}");

  expect(isInstalled(root)).toBe(false);
});

test.each(["node_modules", "node_modules/.bin/pnpm", "node_modules/.bin/node"])(
  "without %s there is no install",
  (path) => {
    const root = installed();
    rmSync(join(root, path), { recursive: true });

    expect(isInstalled(root)).toBe(false);
  },
);

test("the place of the checkout makes no difference", () => {
  const root = installed();
  const moved = mkdtempSync(join(tmpdir(), "moved-"));
  cpSync(root, moved, { recursive: true });

  expect(installHash(moved)).toBe(installHash(root));
});
