import { expect, test } from "vitest";
import { effectiveRights, type HeldGrant, personWarnings } from "./person-lines.ts";

const fine = { required: false, present: false };
const held = (role: HeldGrant["role"], path: string, more: Partial<HeldGrant> = {}): HeldGrant => ({
  role,
  unit: { id: path[0] ?? "", name: { "zh-CN": path, en: path } },
  path: [...path],
  subtree: false,
  until: "2026-12-31",
  pending: false,
  ...more,
});

test.each([
  ["registers and signs at one unit", [held("clerk", "cba"), held("signer", "cba")], true],
  ["signs above, for the units below too", [held("officer", "cba"), held("signer", "ba", { subtree: true })], true],
  ["registers above, for the units below too", [held("signer", "cba"), held("clerk", "a", { subtree: true })], true],
  ["signs above, for that unit alone", [held("officer", "cba"), held("signer", "ba")], false],
  ["registers and signs in different branches", [held("clerk", "ba"), held("signer", "da")], false],
  ["waits for one of the two", [held("clerk", "ba"), held("signer", "ba", { pending: true })], false],
])("somebody who %s", (_, grants, warned) => {
  expect(personWarnings(grants, fine).includes("registersAndApproves")).toBe(warned);
});

test("a role without an end and a missing second factor are named, a role that waits is not", () => {
  expect(personWarnings([held("clerk", "a", { until: null })], { required: true, present: false })).toEqual([
    "grantWithoutEnd",
    "noSecondFactor",
  ]);
  expect(
    personWarnings([held("clerk", "a", { until: null, pending: true })], { required: true, present: true }),
  ).toEqual([]);
});

test("rights come with the role and unit they come from; a role that waits gives none", () => {
  const rights = effectiveRights([held("auditor", "ba"), held("officer", "a", { pending: true })]);

  expect(rights.map((right) => right.permission)).toEqual(["ledger.read", "units.read", "people.read"]);
  expect(rights[0]).toMatchObject({ role: "auditor", unitName: { en: "ba" } });
});
