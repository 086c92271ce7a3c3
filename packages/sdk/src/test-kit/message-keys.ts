import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

interface Messages {
  readonly [key: string]: string | Messages;
}

const placeholders = (text: string): string =>
  [...new Set(text.match(/\{\{\s*\w+/g)?.map((one) => one.replaceAll(/[{\s]/g, "")))].sort().join(",");

function flat(messages: Messages, before = ""): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(messages).flatMap(([key, value]) =>
      typeof value === "string" ? [[`${before}${key}`, value] as const] : [...flat(value, `${before}${key}.`)],
    ),
  );
}

/** i18next asks English for two forms where Chinese has one. */
const stem = (key: string): string => key.replace(/_(one|other)$/, "");

/** What one catalogue has and the other lacks; empty when both say the same things. */
export function differences(zh: Messages, en: Messages): readonly string[] {
  const [source, other] = [flat(zh), flat(en)];
  const stems = (keys: Iterable<string>): ReadonlySet<string> => new Set([...keys].map(stem));
  const [sourceStems, otherStems] = [stems(source.keys()), stems(other.keys())];
  const english = new Map([...other].map(([key, text]) => [stem(key), text]));
  return [
    ...[...sourceStems].filter((key) => !otherStems.has(key)).map((key) => `en lacks ${key}`),
    ...[...otherStems].filter((key) => !sourceStems.has(key)).map((key) => `zh-CN lacks ${key}`),
    ...[...source, ...other].filter(([, text]) => text.trim() === "").map(([key]) => `${key} is empty`),
    ...[...source].flatMap(([key, text]) => {
      const twin = english.get(stem(key));
      return twin !== undefined && placeholders(twin) !== placeholders(text) ? [`${key} has other placeholders`] : [];
    }),
  ];
}

/** Compares every `zh-CN.json` below a folder with the `en.json` beside it. */
export function compareCatalogs(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (file) => /(^|[\\/])zh-CN\.json$/.test(file) && !file.includes("node_modules"),
  );
  const read = (file: string): Messages => JSON.parse(readFileSync(file, "utf8")) as Messages;
  return files.flatMap((file) => {
    const path = join(folder, file);
    const found = differences(read(path), read(join(dirname(path), "en.json")));
    return found.map((one) => `${relative(folder, dirname(path)) || "."}: ${one}`);
  });
}
