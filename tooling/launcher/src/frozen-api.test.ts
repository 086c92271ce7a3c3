import { expect, test } from "vitest";
import { brokenPromises, promisesOf } from "./frozen-api.mjs";

const report = (body: string): string => `# Public types\n\n## a.d.ts\n\n\`\`\`ts\n${body}\n\`\`\`\n`;
const before = report(`import type { Id } from "./id.ts";
/** A unit. */
export interface Unit {
    readonly id: Id;
    readonly kind: "one" | "two";
}
export type Way = "post" | "visit";
export { a, type B, } from "./b.ts";`);
const frozen = [...promisesOf(before)].join("\n");

test("what stands and what only comes in addition breaks nothing", () => {
  expect(brokenPromises(frozen, before)).toEqual([]);
  const more = before
    .replace("    readonly id: Id;", "    readonly id: Id;\n    readonly more?: string;")
    .replace('"post" | "visit"', '"post" | "phone" | "visit"')
    .replace("{ a, type B, }", "{ a, type B, c, }")
    .replace("A unit.", "A unit of the house.")
    .replace("{ Id }", "{ Id, Text }");
  expect(brokenPromises(frozen, more)).toEqual([]);
});

test.each([
  ["a member that is gone", "    readonly id: Id;\n", "", "a.d.ts Unit: readonly id: Id;"],
  ["a member of another type", "id: Id", "id: string", "a.d.ts Unit: readonly id: Id;"],
  ["a value that is gone", '"post" | "visit"', '"visit" | "phone"', 'a.d.ts Way: "post"'],
  ["a name that is gone", "{ a, type B, }", "{ a, }", "a.d.ts exports B"],
  ["a declaration by another name", "export type Way", "export type Road", 'a.d.ts Way: "post"'],
])("%s is found", (_, was, is, told) => {
  expect(brokenPromises(frozen, before.replace(was, is))).toContain(told);
});
