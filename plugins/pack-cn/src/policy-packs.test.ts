import { hash } from "node:crypto";
import { clockCodes } from "@doorstep/sdk";
import { describe, expect, test } from "vitest";
import { cnCivil2022 } from "./cn-civil-2022.ts";
import { cnMil2025 } from "./cn-mil-2025.ts";
import server from "./server.ts";

const codes = Object.keys(cnCivil2022.clocks);
const rules = Object.entries(cnCivil2022.clocks);

test("every clock of the field has its length", () => {
  expect(codes.toSorted()).toEqual([...clockCodes].toSorted());
});

describe("the numbers of the Regulations of 2022", () => {
  test.each([
    ["K2", 15, "day", "R22:22,23"],
    ["K3", 5, "workday", "R22:23"],
    ["K4", 60, "day", "R22:34"],
    ["K12", 30, "day", "R22:35"],
    ["K14", 30, "day", "R22:35"],
    ["K15", 30, "day", "R22:36"],
    ["K16", 30, "day", "R22:36"],
  ] as const)("%s is %i %ss by %s", (code, amount, unit, source) => {
    expect(cnCivil2022.clocks[code]).toMatchObject({ amount, unit, source, standing: "statute" });
  });

  test("no other length of the kernel's own clocks claims to be statutory", () => {
    const statutory = rules.filter(([, rule]) => rule.standing === "statute").map(([code]) => code);

    // K19 stands in the People's Mediation Law
    expect(statutory).toEqual(["K2", "K3", "K4", "K12", "K14", "K15", "K16", "K19"]);
  });

  test("handling may be extended once by 30 days, acceptance and review never", () => {
    expect(cnCivil2022.clocks.K4?.extensionDays).toBe(30);
    expect(["K2", "K12", "K14", "K15", "K16"].map((c) => cnCivil2022.clocks[c as "K2"]?.extensionDays)).toEqual(
      Array(5).fill(null),
    );
  });

  test("articles are written as people quote them", () => {
    expect(cnCivil2022.clocks.K2?.basis["zh-CN"]).toBe("《信访工作条例》第二十二条、第二十三条");
    expect(cnCivil2022.clocks.K4?.basis["zh-CN"]).toBe("《信访工作条例》第三十四条");
  });
});

test("only a re-review's clock stands still for a hearing", () => {
  expect(rules.filter(([, rule]) => rule.pauseAllowed).map(([code]) => code)).toEqual(["K16"]);
});

test("what belongs to the petitioner can be shortened by nobody", () => {
  const rights = rules.filter(([, rule]) => rule.petitionerRight);

  expect(rights.map(([code]) => code)).toEqual(["K12", "K15", "K19", "K21", "K30"]);
  expect(rights.filter(([, rule]) => rule.tighten !== "fixed" || rule.onBreach !== "rightEnds")).toEqual([]);
});

test("every role points at a clock and a part that exist", () => {
  const refs = Object.values(cnCivil2022.roleMap).flatMap((target) =>
    typeof target === "string" || target === null ? [target] : Object.values(target),
  );
  const known = rules.flatMap(([code, rule]) => [
    code,
    ...Object.keys(rule.parts ?? {}).map((part) => `${code}.${part}`),
  ]);

  expect(refs.length).toBeGreaterThan(38);
  expect(refs.filter((ref) => ref !== null && !known.includes(ref ?? ""))).toEqual([]);
});

test("an accusation starts no clock of the unit complained of", () => {
  expect(cnCivil2022.roleMap).toMatchObject({
    handling: { accusation: null },
    assignedReport: { accusation: null },
    rating: { accusation: null },
    handover: { accusation: "K10" },
  });
});

test("every number of the military pack is the civil one and says that it was not verified", () => {
  const military = Object.entries(cnMil2025.clocks);

  expect(cnMil2025).toMatchObject({ inherits: `${cnCivil2022.id}@${cnCivil2022.version}`, verified: false });
  expect(military.map(([code, rule]) => [code, rule.amount, rule.unit])).toEqual(
    rules.map(([code, rule]) => [code, rule.amount, rule.unit]),
  );
  expect(military.filter(([, rule]) => rule.standing !== "unverified")).toEqual([]);
});

test("a version is never edited once published: the first ones stay beside what came after them", () => {
  const published = (server.part.policyPacks ?? []).map((pack) => [
    `${pack.id}@${pack.version}`,
    pack.inherits ?? null,
    hash("sha256", JSON.stringify(pack), "hex").slice(0, 16),
  ]);

  expect(published).toEqual([
    ["cn-civil-2022@1.0", null, "d8cbef7865654de8"],
    ["cn-civil-2022@1.1", null, "83a8aef48afd34d2"],
    ["cn-mil-2025@1.0", "cn-civil-2022@1.0", "2efe097a820b874a"],
    ["cn-mil-2025@1.1", "cn-civil-2022@1.1", "e1f2faddb2ade51d"],
  ]);
});
