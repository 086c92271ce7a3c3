import { both } from "./draft.ts";

/** Where a new module gets what it is built and tested with. */
export interface Sources {
  /** version or address, by package */
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
  /** packages that these bring along, where they lie */
  readonly overrides: Readonly<Record<string, string>>;
  /** packages whose own set-up may run */
  readonly allowBuilds: readonly string[];
}

interface Module {
  readonly id: string;
  readonly title: Readonly<Record<"zh-CN" | "en", string>>;
  readonly sources: Sources;
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const workspace = ({ overrides, allowBuilds }: Sources): string =>
  [
    "packages: []",
    "overrides:",
    ...Object.entries(overrides).map(([name, where]) => `  ${JSON.stringify(name)}: ${JSON.stringify(where)}`),
    "allowBuilds:",
    ...allowBuilds.map((name) => `  ${JSON.stringify(name)}: true`),
    "",
  ].join("\n");

/** The files of a module that does nothing yet. */
export function skeleton({ id, title, sources }: Module): Readonly<Record<string, string>> {
  const { dependencies, devDependencies, optionalDependencies } = sources;
  return {
    "package.json": json({
      name: `plugin-${id}`,
      version: "0.1.0",
      private: true,
      type: "module",
      scripts: {
        build: "doorstep build .",
        test: "vitest run",
        typecheck: "tsc",
      },
      dependencies,
      devDependencies,
      optionalDependencies,
    }),
    "pnpm-workspace.yaml": workspace(sources),
    "tsconfig.json": json({ extends: "@doorstep/sdk/tsconfig.json" }),
    "vitest.config.ts": `import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globalSetup: ["@doorstep/database/testing/global-setup"],
    setupFiles: ["@doorstep/cli/testing/provide"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
`,
    ".gitignore": "node_modules\n*.dsp\n",
    "README.md": `# ${title.en} (${title["zh-CN"]})

\`\`\`
npm test                                  the contract with the platform, over a real database
npm run typecheck
npm run build                             ${id}-0.1.0.dsp
npx doorstep verify ${id}-0.1.0.dsp
npx doorstep doctor .                     why a platform would refuse it, and what to do
\`\`\`

\`npx doorstep add <piece>\` writes one more piece into the sources.
`,
    "src/plugin.ts": `import { definePlugin } from "@doorstep/sdk";

export const plugin = definePlugin({
  id: "${id}",
  title: ${both(title)},
  purpose: ${both(title)},
  sdk: "^1.0.0",
});
`,
    "src/server.ts": `import { pluginServer } from "@doorstep/sdk/server";
import { plugin } from "./plugin.ts";

export default pluginServer(plugin, {});
`,
    [`src/${id}.test.ts`]: `import { join } from "node:path";
import { contractTests } from "@doorstep/sdk/test";
import server from "./server.ts";

const root = join(import.meta.dirname, "..");
contractTests(server, { root });
`,
  };
}
