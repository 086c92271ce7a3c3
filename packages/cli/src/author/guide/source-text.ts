/** A declaration that others use, with what is said above it. */
export interface Declared {
  readonly name: string;
  /** its docstring as prose */
  readonly about: string;
  readonly code: string;
}

const DECLARED =
  /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n(export (?:interface (\w+)[\s\S]*?\n\}|type (\w+)[\s\S]*?;(?=\n\S|\n\n)))/g;

/** The prose of a docstring: without its stars and tags. */
const proseOf = (comment: string): string =>
  comment
    .split("\n")
    .map((line) => line.replace(/^\s*\*? ?/, "").trimEnd())
    .filter((line) => !line.startsWith("@"))
    .join("\n")
    .trim();

/** Every exported type of a source that has a docstring. */
export const declaredIn = (source: string): readonly Declared[] =>
  [...source.matchAll(DECLARED)].map(([, comment = "", code = "", name, alias]) => ({
    name: name ?? alias ?? "",
    about: proseOf(comment),
    code: code.replace(/^export /, ""),
  }));

/**
 * What stands under a name at the first level of a declaration, such as `jobs` in `pluginServer(plugin, { … })`, as it is
 * written there.
 */
export function partIn(source: string, name: string): string | undefined {
  const lines = source.split("\n");
  const from = lines.findIndex((line) => line.startsWith(`  ${name}: `) || line === `  ${name},`);
  const first = lines[from];
  if (first === undefined) return new RegExp(`\\b${name}: \\[[^\\]]*\\]`).exec(source)?.[0];
  const isWhole = /[[{(]$/.test(first) === false;
  const length = isWhole ? 0 : lines.slice(from).findIndex((line) => /^ {2}[\]})]/.test(line));
  return lines
    .slice(from, from + length + 1)
    .map((line) => line.slice(2))
    .join("\n");
}

/** A component by its name, as it is written there. */
export const componentIn = (source: string, name: string): string | undefined =>
  new RegExp(`^(?:export |export default )?function ${name}\\b[\\s\\S]*?^\\}`, "m").exec(source)?.[0];
