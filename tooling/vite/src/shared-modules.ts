import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { sharedModules as names } from "@doorstep/sdk";
import type { Plugin } from "vite";
import { filesAhead } from "./ahead.ts";
import type { PluginEntry } from "./workspace.ts";

const PREFIX = "\0doorstep-shared:";
const slug = (name: string): string => `shared-${name.replace(/^@/, "").replaceAll("/", "-")}`;

/** The server puts the map of each answer here; before any script, or the browser does not take it. */
const IMPORT_MAP = `<script type="importmap">__DOORSTEP_IMPORT_MAP__</script>`;

/** The map is part of every page, and a hash does not compress: the shorter one for the many files of the app itself. */
const integrityOf = (bytes: Uint8Array): string => `sha256-${createHash("sha256").update(bytes).digest("base64")}`;
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** React is written in CommonJS: what it exports has to be named. */
function facadeOf(name: string, from: NodeJS.Require): string {
  if (name.startsWith("@doorstep/")) return `export * from ${JSON.stringify(name)};`;
  const exported = Object.keys(from(name) as object).filter((key) => IDENTIFIER.test(key) && key !== "default");
  return `export { ${exported.join(", ")} } from ${JSON.stringify(name)};\nexport { default } from ${JSON.stringify(name)};`;
}

/**
 * Says in the page itself what its scripts and styles hash to, so that a preloaded file is not fetched twice. The nonce that
 * Vite gives to scripts is taken out: whatever they import would inherit it.
 */
function withIntegrity(html: string, base: string, hashes: Readonly<Record<string, string>>): string {
  const plain = html.replace(/(<(?:script|link rel="modulepreload")\b[^>]*?) nonce="[^"]*"/g, "$1");
  return plain.replace(/<(script|link)\b[^>]*?\b(?:src|href)="([^"]+)"/g, (tag, _kind: string, address: string) => {
    const hash = address.startsWith(base) ? hashes[address] : undefined;
    return hash === undefined ? tag : `${tag} integrity="${hash}"`;
  });
}

/**
 * Gives plugins that come as archives the modules they share with the app: entries of the same build, so that there is one
 * React and one context. Writes `.vite/modules.json` for the server: where they are, what every script hashes to, and which
 * files a page of each plugin of the build needs at once.
 */
export function sharedModules(root: string, entries: readonly PluginEntry[]): Plugin[] {
  return [resolving(root), building(root, entries), serving()];
}

/** The facades themselves, as they are needed by both. */
function resolving(root: string): Plugin {
  const from = createRequire(join(root, "package.json"));
  return {
    name: "doorstep:shared-modules",
    resolveId(id, importer) {
      if (id.startsWith(PREFIX)) return id;
      // From the app, wherever the virtual module stands.
      return importer?.startsWith(PREFIX) ? this.resolve(id, join(root, "src", "main.tsx")) : undefined;
    },
    load: (id) =>
      id.startsWith(PREFIX) ? { code: facadeOf(id.slice(PREFIX.length), from), moduleType: "js" } : undefined,
  };
}

/** While developing nothing is hashed: what is installed is shared with where Vite serves it. */
function serving(): Plugin {
  let base = "/";
  return {
    name: "doorstep:shared-modules-served",
    apply: "serve",
    configResolved: (config) => {
      base = config.base;
    },
    transformIndexHtml: {
      order: "pre",
      handler: (html) => {
        const imports = Object.fromEntries(
          names.map((name) => [name, `${base}@id/${PREFIX.replace("\0", "__x00__")}${name}`]),
        );
        return html.replace("<head>", `<head>\n<script type="importmap">${JSON.stringify({ imports })}</script>`);
      },
    },
  };
}

function building(root: string, entries: readonly PluginEntry[]): Plugin {
  let base = "/";
  return {
    name: "doorstep:shared-modules-built",
    apply: "build",
    config: () => ({
      build: {
        rolldownOptions: {
          preserveEntrySignatures: "allow-extension",
          input: { index: join(root, "index.html"), ...Object.fromEntries(names.map((n) => [slug(n), PREFIX + n])) },
        },
      },
    }),
    configResolved: (config) => {
      base = config.base;
    },
    transformIndexHtml: {
      order: "post",
      handler: (html) => html.replace("<head>", `<head>\n    ${IMPORT_MAP}`),
    },
    writeBundle: {
      // after Vite has written its last word into the files
      order: "post",
      handler(output, bundle) {
        const dist = output.dir ?? join(root, "dist");
        const imports = Object.fromEntries(
          names.map((name) => {
            const chunk = Object.values(bundle).find((one) => one.type === "chunk" && one.name === slug(name));
            if (!chunk) throw new Error(`${name} has no file in the build`);
            return [name, base + chunk.fileName];
          }),
        );
        const files = readdirSync(join(dist, "assets")).filter((file) => /\.(?:js|css)$/.test(file));
        const hashes = Object.fromEntries(
          files.map((file) => [`${base}assets/${file}`, integrityOf(readFileSync(join(dist, "assets", file)))]),
        );
        const integrity = Object.fromEntries(Object.entries(hashes).filter(([address]) => address.endsWith(".js")));
        const ahead = Object.fromEntries(
          Object.entries(filesAhead(bundle, join(root, "index.html"), entries)).map(([id, names_]) => [
            id,
            names_.map((name) => base + name),
          ]),
        );
        writeFileSync(join(dist, ".vite", "modules.json"), JSON.stringify({ imports, integrity, ahead }));
        const page = join(dist, "index.html");
        writeFileSync(page, withIntegrity(readFileSync(page, "utf8"), base, hashes));
      },
    },
  };
}
