import type { z } from "zod";

/** Values for keys that name something which must exist, e.g. `caseId`. */
export type Known = Readonly<Record<string, unknown>>;

// biome-ignore lint/suspicious/noExplicitAny: zod's own description of a schema differs by kind.
type Def = any;

/** One of these suits every string of the contract; a new form needs one more line here. */
const STRINGS = [
  "online-petition/online",
  "a-key-that-nobody-used",
  "一件需要解决的事",
  "ab12",
  "00000000-0000-7000-8000-000000000001",
  "2026-05-04",
  "2026-05-04T08:00:00.000Z",
  "2026-05-04T08:00",
  "2026-7K3M9Q-X",
  "cn",
  "1.0.0",
  "K4",
  "portal/page@1",
  "entry-1.js:1:20",
  "cn-civil-2022@1.0",
  "0".repeat(64),
  "0".repeat(32),
];
const NUMBERS = [1, 0, 2, 7, 30, 2026];

const firstThat = (schema: z.ZodType, candidates: readonly unknown[], path: string): unknown => {
  const found = candidates.find((candidate) => schema.safeParse(candidate).success);
  if (found === undefined) throw new Error(`no sample for ${path}: add one to sample-input.ts`);
  return found;
};

/** One element, or as many as the list must have. */
const fewest = (schema: z.ZodType): number =>
  [1, 2, 3].find((length) => {
    const issues = schema.safeParse(Array.from({ length })).error?.issues ?? [];
    return !issues.some((issue) => issue.code === "too_small" && issue.path.length === 0);
  }) ?? 1;

/** Makes a valid input, optional fields included, by walking the schema. */
export function sampleInput(schema: z.ZodType, known: Known, path = "input"): unknown {
  const def = schema.def as Def;
  const key = path.split(".").at(-1) ?? "";
  if (Object.hasOwn(known, key) && schema.safeParse(known[key]).success) return known[key];
  const inner = (one: z.ZodType, name: string | number) => sampleInput(one, known, `${path}.${name}`);
  switch (def.type) {
    case "object":
      return Object.fromEntries(Object.entries(def.shape).map(([name, one]) => [name, inner(one as z.ZodType, name)]));
    case "array":
      return Array.from({ length: fewest(schema) }, () => sampleInput(def.element, known, path));
    case "record":
      return { [String(firstThat(def.keyType, STRINGS, path))]: inner(def.valueType, "value") };
    case "union":
      return sampleInput(def.options[0], known, path);
    case "optional":
    case "nullable":
    case "default":
    case "prefault":
    case "readonly":
    case "catch":
    case "nonoptional":
      return sampleInput(def.innerType, known, path);
    case "pipe":
      return sampleInput(def.in, known, path);
    case "enum":
      return firstThat(schema, Object.values(def.entries), path);
    case "literal":
      return def.values[0];
    case "boolean":
      return firstThat(schema, [false, true], path);
    case "number":
    case "int":
      return firstThat(schema, NUMBERS, path);
    case "string":
      return firstThat(schema, STRINGS, path);
    case "unknown":
    case "any":
      return "anything";
    default:
      throw new Error(`the walker does not know a schema of type ${def.type} (${path})`);
  }
}

export type Path = readonly (string | number)[];

/** Where strings stand in a value. */
export function stringsIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value === "string") return [path];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    stringsIn(one, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** The same value with another one at a place. */
export function withAt(value: unknown, [first, ...rest]: Path, put: unknown): unknown {
  if (first === undefined) return put;
  if (Array.isArray(value)) return value.map((one, index) => (index === first ? withAt(one, rest, put) : one));
  const object = value as Record<string, unknown>;
  return { ...object, [first]: withAt(object[first], rest, put) };
}

export const hasKey = (schema: z.ZodType, key: string): boolean => {
  const def = schema.def as Def;
  return def.type === "object" && Object.hasOwn(def.shape, key);
};
