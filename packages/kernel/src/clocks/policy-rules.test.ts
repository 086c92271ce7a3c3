import { clockRoles, type PolicyPack, tracks } from "@doorstep/contracts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Shortened } from "../rules/tightenings.ts";
import { testPack } from "../testing/test-policy.ts";
import { compareVersions, effectivePack, packFor, readPack, refFor, resolveRule } from "./policy-rules.ts";

const pack = effectivePack(testPack);
const by = (numbers: Readonly<Record<string, number>>): Shortened =>
  Object.fromEntries(
    Object.entries(numbers).map(([ref, amount]) => [
      ref,
      { amount, unitId: "unit", unit: { "zh-CN": "一营", en: "First battalion" }, validFrom: "2026-01-01" },
    ]),
  );
const child = (more: Partial<PolicyPack>): PolicyPack => ({
  id: "child",
  version: "1.0",
  inherits: "test-pack@1.0",
  title: testPack.title,
  validFrom: "2025-01-01",
  verified: false,
  clocks: {},
  roleMap: {},
  ...more,
});
const find = (key: string) => (key === "test-pack@1.0" ? testPack : undefined);

test.each([
  ["ordinary", "K4", 60, "day"],
  ["simple", "K8", 10, "workday"],
  ["suggestion", "K9", 30, "day"],
] as const)("handling on the %s track is %s", (track, ref, amount, unit) => {
  expect(resolveRule(pack, {}, "handling", track)).toMatchObject({ ref, amount, unit, pack: "test-pack@1.0" });
});

test("a track without a clock for the role gives none", () => {
  expect(resolveRule(pack, {}, "handling", "accusation")).toBeNull();
  expect(resolveRule(pack, {}, "handover", "ordinary")).toBeNull();
  expect(refFor(pack, "askReview", "suggestion")).toBe("K12");
});

test("a part of a clock has its own length", () => {
  expect(resolveRule(pack, {}, "retaliationFindings", "ordinary")).toMatchObject({
    ref: "K24.findings",
    amount: 30,
    unit: "day",
  });
});

describe("a unit's own length", () => {
  test("a shorter one holds and the pack's stays visible", () => {
    expect(resolveRule(pack, by({ K4: 45 }), "handling", "ordinary")).toMatchObject({ amount: 45, packAmount: 60 });
  });

  test("a longer one has no effect", () => {
    const rule = resolveRule(pack, by({ K4: 90 }), "handling", "ordinary");

    expect(rule?.amount).toBe(60);
    expect(rule).not.toHaveProperty("packAmount");
  });

  test("the petitioner's time cannot be shortened", () => {
    expect(resolveRule(pack, by({ K12: 10 }), "askReview", "ordinary")?.amount).toBe(30);
  });

  test("nor by a pack that marks it as open to tightening", () => {
    const open = { ...testPack.clocks.K12, tighten: "atMost" } as NonNullable<PolicyPack["clocks"]["K12"]>;
    const lax = effectivePack({ ...testPack, clocks: { ...testPack.clocks, K12: open } });

    expect(resolveRule(lax, by({ K12: 10 }), "askReview", "ordinary")?.amount).toBe(30);
  });

  test("no tightening makes any clock of any track longer, and no right shorter", () => {
    const lengths = fc.dictionary(
      fc.constantFrom("K1", "K2", "K4", "K8", "K12", "K15", "K24.findings", "K99"),
      fc.integer({ min: 1, max: 400 }),
    );
    fc.assert(
      fc.property(lengths, fc.constantFrom(...clockRoles), fc.constantFrom(...tracks), (own, role, track) => {
        const plain = resolveRule(pack, {}, role, track);
        const tightened = resolveRule(pack, by(own), role, track);

        expect(tightened?.ref).toBe(plain?.ref);
        expect((tightened?.amount ?? 0) <= (plain?.amount ?? 0)).toBe(true);
        if (plain?.petitionerRight) expect(tightened?.amount).toBe(plain.amount);
      }),
    );
  });
});

describe("a pack that inherits", () => {
  test("takes over everything it does not state, and is verified only if its parents are", () => {
    const stricter = { ...testPack.clocks.K4, amount: 40 } as NonNullable<PolicyPack["clocks"]["K4"]>;
    const joined = effectivePack(child({ clocks: { K4: stricter }, maxRepresentatives: 3 }), find);

    expect(resolveRule(joined, {}, "handling", "ordinary")?.amount).toBe(40);
    expect(resolveRule(joined, {}, "route", "ordinary")?.amount).toBe(15);
    expect(joined).toMatchObject({ maxRepresentatives: 3, maxHops: 2, verified: false, key: "child@1.0" });
    expect(effectivePack(child({ verified: true }), find).verified).toBe(true);
    expect(effectivePack(child({ verified: true }), () => ({ ...testPack, verified: false })).verified).toBe(false);
  });

  test("is refused without its parent, and when it inherits itself", () => {
    expect(() => effectivePack(child({ inherits: "nowhere@1.0" }), find)).toThrow("pack.parentMissing");
    expect(() => effectivePack(child({ inherits: "child@1.0" }), () => child({}))).toThrow("pack.parentMissing");
  });

  test("is refused when a role points at a clock nobody defines", () => {
    expect(() => effectivePack(child({ roleMap: { route: "K33" } }), find)).toThrow("pack.invalid");
  });
});

test("data that is no pack is refused with the places that are wrong", () => {
  const broken = { ...testPack, clocks: { K2: { ...testPack.clocks.K2, source: undefined } } };

  expect(() => readPack(broken)).toThrow(
    expect.objectContaining({ code: "pack.invalid", params: { pack: "test-pack", problems: "clocks.K2.source" } }),
  );
});

test("the newest version already in force is chosen for new cases", () => {
  const packs = [
    { ...testPack, version: "1.9" },
    { ...testPack, version: "1.10" },
    { ...testPack, version: "2.0", validFrom: "2027-01-01" },
  ];

  expect(packFor(packs, "test-pack", "2026-05-01")?.version).toBe("1.10");
  expect(packFor(packs, "test-pack", "2027-01-01")?.version).toBe("2.0");
  expect(packFor(packs, "other", "2027-01-01")).toBeUndefined();
  expect(compareVersions("1.9", "1.10")).toBeLessThan(0);
});
