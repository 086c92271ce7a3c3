import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { kernelPoints } from "@doorstep/sdk";
import { componentIn, type Declared, declaredIn, partIn } from "./source-text.ts";

const ROOT = join(import.meta.dirname, "../../../../..");
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

const TYPES = [
  ...readdirSync(join(ROOT, "packages/sdk/src/server")).map((name) => `packages/sdk/src/server/${name}`),
  "packages/sdk/src/define-plugin.ts",
  "packages/sdk/src/ui/plugin-ui.ts",
].filter((path) => path.endsWith(".ts"));

/** Modules that are built, tested and run in every mode; the first that gives something to a point is its example. */
const EXAMPLES = [
  "tooling/fixtures/sample-box/src/server.ts",
  "tooling/fixtures/every-point/src/server.ts",
  "plugins/pack-cn/src/server.ts",
  "plugins/calendar-cn/src/server.ts",
  "packages/plugin-host/src/testing/asking-plugin.ts",
];
const UI_EXAMPLES = {
  portal: "tooling/fixtures/show-box/src/ui/portal.ts",
  admin: "tooling/fixtures/show-box/src/ui/admin.ts",
};

/** Where a part is not called by its point: `jobs` for `kernel/job@1` is. */
const NAMED: Readonly<Record<string, string>> = {
  event: "on",
  address: "addresses",
  routing: "routing",
  "filing-step": "filingStep",
  "case-side": "caseSide",
  "register-fields": "registerFields",
  "settings-form": "settingsForm",
};

/** All points: those of events are one here. */
export const points: readonly string[] = ["kernel/event/<name>@1", ...kernelPoints];

interface Point {
  readonly owner: string;
  readonly name: string;
}

function parsed(point: string): Point {
  const [, owner = "", name = ""] = /^(\w+)\/([\w-]+)/.exec(point) ?? [];
  return { owner, name };
}

/** `kernel/event/<name>@1` is `kernel-event`. */
export const fileOf = (point: string): string => `${parsed(point).owner}-${parsed(point).name}.md`;

/** What an author writes it under: `policyPacks` for `kernel/policy-pack@1`. */
export function partOf(point: string): string {
  const { owner, name } = parsed(point);
  if (owner === "desk" && name === "page") return "deskPages";
  const camel = name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return NAMED[name] ?? `${camel}s`;
}

function typeOf(point: string): Declared | undefined {
  return TYPES.flatMap((path) => declaredIn(read(path))).find((one) => one.about.includes(`\`${point}\``));
}

function exampleOf(point: string): { readonly path: string; readonly code: string } | undefined {
  const { owner } = parsed(point);
  const paths = owner === "kernel" ? EXAMPLES : [owner === "admin" ? UI_EXAMPLES.admin : UI_EXAMPLES.portal];
  for (const path of paths) {
    const code = partIn(read(path), partOf(point));
    if (code !== undefined) return { path, code };
  }
  return undefined;
}

/** The component that a screen part names, from the same folder. */
function componentOf(code: string): string | undefined {
  const name = /component: (\w+)/.exec(code)?.[1] ?? /^settingsForm: (\w+)/.exec(code)?.[1];
  if (name === undefined) return undefined;
  const folder = "tooling/fixtures/show-box/src/ui";
  const sources = readdirSync(join(ROOT, folder)).filter((file) => file.endsWith(".tsx"));
  return sources.map((file) => componentIn(read(`${folder}/${file}`), name)).find((found) => found !== undefined);
}

function whereOf(point: string): string {
  const { owner, name } = parsed(point);
  if (owner === "kernel") return name === "procedure" ? "definePlugin" : "pluginServer";
  return `pluginUi(plugin, "${owner === "admin" ? "admin" : "portal"}", …)`;
}

/**
 * The page of one point: what its type says, and an example that runs.
 *
 * @throws Error where there is no example
 */
export function pointPage(point: string): string {
  const example = exampleOf(point);
  if (!example) throw new Error(`no module of the tests gives anything to ${point}`);
  const type = typeOf(point);
  const part = partOf(point);
  const isShown = parsed(point).owner !== "kernel";
  const component = isShown ? componentOf(example.code) : undefined;
  const about =
    type?.about ??
    "Data with a version, copied into the kernel when the module is installed: no clock depends on it being on.";
  return [
    `# \`${point}\``,
    "",
    about,
    "",
    `It is the part \`${part}\` of \`${whereOf(point)}\`.`,
    "",
    ...(type ? ["## Its type", "", "```ts", type.code, "```", ""] : []),
    "## An example",
    "",
    `From [\`${example.path}\`](../../../${example.path}), which is built into an archive and ${isShown ? "looked at in a browser" : "run in every mode"} by the platform's own tests:`,
    "",
    "```ts",
    example.code,
    "```",
    "",
    ...(component === undefined ? [] : ["```tsx", component, "```", ""]),
  ].join("\n");
}
