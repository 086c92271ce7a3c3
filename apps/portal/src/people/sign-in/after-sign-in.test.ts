import type { SessionMe } from "@doorstep/contracts";
import { expect, test } from "vitest";
import { afterSignIn, isOtherApp } from "./after-sign-in.ts";

const person = (more: Partial<NonNullable<SessionMe>> = {}): NonNullable<SessionMe> => ({
  personId: "0199aaaa-0000-7000-8000-000000000001",
  name: "甲",
  username: "a001",
  unit: null,
  timeZone: null,
  grants: [],
  permissions: [],
  mustChangePassword: false,
  mustEnrolSecondFactor: false,
  secondFactor: false,
  secondFactorRequired: false,
  locale: "zh-CN",
  ...more,
});

test.each([
  [{}, undefined, "/my"],
  [{ permissions: ["desk.use"] as const }, undefined, "/desk"],
  [{ permissions: ["units.manage"] as const }, undefined, "/admin/"],
  [{ permissions: ["desk.use"] as const }, "/c/2026-7K3M9Q-X", "/c/2026-7K3M9Q-X"],
])("%o who wanted %s goes to %s", (more, wanted, to) => {
  expect(afterSignIn(person(more as Partial<NonNullable<SessionMe>>), wanted)).toEqual({ to });
});

test("a first password comes before everything and forgets nothing", () => {
  const me = person({ mustChangePassword: true, mustEnrolSecondFactor: true });

  expect(afterSignIn(me, "/desk")).toEqual({ to: "/sign-in/password", next: "/desk" });
});

test("a missing second factor comes before the work", () => {
  expect(afterSignIn(person({ mustEnrolSecondFactor: true }), undefined)).toEqual({
    to: "/sign-in/second-factor",
    next: "/my",
  });
});

test("only the administration is another app", () => {
  expect([isOtherApp("/admin/"), isOtherApp("/admin"), isOtherApp("/administration"), isOtherApp("/")]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
