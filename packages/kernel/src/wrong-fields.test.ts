import { wrongFields } from "@doorstep/contracts";
import { expect, it } from "vitest";
import { z } from "zod";

const input = z.object({
  why: z.string().trim().min(2).max(4),
  people: z.array(z.string()).min(1),
  days: z.int().max(30),
  share: z.number().gt(0),
  on: z.iso.date(),
  text: z.string().refine((text) => !text.includes("x"), "text.characters"),
});
const right = { why: "due", people: ["a"], days: 3, share: 1, on: "2026-11-30", text: "" };

it.each([
  [{ why: " a " }, "why", "too_small", { of: "characters", is: 2 }],
  [{ why: "long one" }, "why", "too_big", { of: "characters", is: 4 }],
  [{ people: [] }, "people", "too_small", { of: "items", is: 1 }],
  [{ days: 31 }, "days", "too_big", { of: "number", is: 30 }],
])("names the field, the mistake and its limit in %j", (wrong, field, code, limit) => {
  const { error } = input.safeParse({ ...right, ...wrong });
  expect(error && wrongFields(error)).toEqual({ fields: { [field]: code }, limits: { [field]: limit } });
});

it.each([
  [{ share: 0 }, "share", "too_small"],
  [{ on: "yesterday" }, "on", "invalid_format"],
  [{ text: "xx" }, "text", "text.characters"],
])("names no limit where none can be kept to as it stands: %j", (wrong, field, code) => {
  const { error } = input.safeParse({ ...right, ...wrong });
  expect(error && wrongFields(error)).toEqual({ fields: { [field]: code } });
});

it("repeats nothing of what was typed", () => {
  const { error } = input.safeParse({ ...right, why: "secret words", on: "secret day", days: "secret" });
  expect(JSON.stringify(error && wrongFields(error))).not.toContain("secret");
});
