import { join } from "node:path";
import react from "@vitejs/plugin-react";
import type { UserConfig } from "vite";
import { errorTexts } from "./error-texts.ts";
import { jsonImports } from "./json-imports.ts";
import { lightScrollArea } from "./light-scroll-area.ts";
import { type ChunkFiles, ownChunk } from "./own-chunk.ts";
import { pluginIdentity, pluginModules } from "./plugin-modules.ts";
import { precompress } from "./precompress.ts";
import { sharedModules } from "./shared-modules.ts";
import { type AppName, entriesFor, pluginFolders, workspaceRoot } from "./workspace.ts";

export interface AppOptions {
  readonly app: AppName;
  /** Where the server serves the app: `/` or `/admin/`. */
  readonly base: string;
  /** `serve` while developing, `build` for what is served. */
  readonly command: "serve" | "build";
  /** The server that a development page talks to. */
  readonly server?: string | undefined;
  /** Folders of plugins that lie elsewhere; only while developing. */
  readonly plugins?: readonly string[];
}

/** The server puts the nonce of each answer here; the page hands it to whatever makes style tags at run time. */
const NONCE_PLACEHOLDER = "__DOORSTEP_NONCE__";

/** React apart from the rest: it changes least, so returning readers keep it. */
const reactOnly = /[\\/]node_modules[\\/](react|react-dom|scheduler)[\\/]/;

/**
 * What every page of an app needs, in one file: dozens of small ones cost a slow line a trip each. Only what the shell
 * imports at once belongs here; a part that a single screen uses would otherwise be downloaded by all.
 */
const shellFiles: ChunkFiles = {
  of: [
    "apps/portal/src/shell/",
    "packages/sdk/src/ui/",
    ...["provider.tsx", "theme.ts", "text/"].map((path) => `packages/ui/src/${path}`),
    ...["frame", "screen", "language-switch", "tile"].map((part) => `packages/ui/src/layout/${part}.tsx`),
    ...["empty-state.tsx", "error-state.tsx", "skeleton.tsx", "use-delayed.ts"].map(
      (path) => `packages/ui/src/feedback/${path}`,
    ),
  ],
  but: ["apps/portal/src/shell/save-file.ts", "apps/portal/src/shell/new-key.ts", "packages/sdk/src/ui/upload-file.ts"],
};

/** The fields that a petition is filed with, and every form of the desk has: in pieces they follow one another over the line. */
const fieldFiles: ChunkFiles = {
  of: [
    ...["form.tsx", "form-context.ts", "text-field.tsx", "text-area.tsx"],
    ...["radio-cards.tsx", "select.tsx", "tick.tsx", "use-label.tsx"],
  ].map((path) => `packages/ui/src/form/${path}`),
};

/** What several parts of one module share: alone, the smallest of them would each be a file, and a line of every page's map. */
const moduleSource = /[\\/]plugins[\\/]([\w-]+)[\\/]src[\\/].*\.tsx?$/;
const sharedWithin = {
  name: (file: string) => moduleSource.exec(file)?.[1] ?? null,
  test: moduleSource,
  minShareCount: 2,
  includeDependenciesRecursively: false,
};

/** The same for the desk, whose pages are opened one after the other. */
const sharedAtDesk = {
  name: "desk",
  test: /[\\/]apps[\\/]portal[\\/]src[\\/]desk[\\/].*\.tsx?$/,
  minShareCount: 3,
  includeDependenciesRecursively: false,
};

/** The Vite configuration of both apps. */
export function appConfig(options: AppOptions): UserConfig {
  const server = options.server ?? "http://127.0.0.1:3000";
  const build = options.command === "build";
  const elsewhere = build ? [] : (options.plugins ?? []);
  const folders = pluginFolders(elsewhere);
  const root = join(workspaceRoot, "apps", options.app);
  return {
    base: options.base,
    plugins: [
      react(),
      pluginModules(options.app, folders, !build),
      pluginIdentity(folders),
      jsonImports(),
      errorTexts(options.app),
      lightScrollArea(),
      sharedModules(root, entriesFor(options.app, folders)),
      precompress(),
    ],
    resolve: {
      conditions: ["@doorstep/source", "module", "browser", "development|production"],
      dedupe: [
        "react",
        "react-dom",
        "@doorstep/sdk",
        "@doorstep/ui",
        "@tanstack/react-query",
        "i18next",
        "react-i18next",
      ],
    },
    ...(build ? { html: { cspNonce: NONCE_PLACEHOLDER } } : {}),
    server: {
      fs: { allow: [workspaceRoot, ...elsewhere] },
      proxy: Object.fromEntries(
        // As the page's own address: the server takes nothing that another page has sent.
        ["/plugins", "/rpc", "/api", "/healthz"].map((path) => [path, { target: server, changeOrigin: false }]),
      ),
    },
    build: {
      target: "baseline-widely-available",
      manifest: true,
      sourcemap: "hidden",
      modulePreload: {
        polyfill: false,
        // A script cannot say what the scripts it preloads hash to, and what is fetched without saying so is refused.
        resolveDependencies: (_file, needed, { hostType }) =>
          hostType === "js" ? needed.filter((file) => file.endsWith(".css")) : needed,
      },
      chunkSizeWarningLimit: 800,
      rolldownOptions: {
        output: {
          codeSplitting: {
            groups: [
              { name: "react", test: reactOnly, priority: 3 },
              { name: "shell", test: ownChunk(shellFiles), priority: 2 },
              { name: "fields", test: ownChunk(fieldFiles), priority: 1 },
              sharedWithin,
              sharedAtDesk,
            ],
          },
        },
      },
    },
  };
}
