import { registerInput } from "@doorstep/contracts";
import { expect, test } from "vitest";
import { registrationOf, registrationToSend, tracksFor, withCategory, withTopics } from "./registration.ts";

const received = {
  purpose: "solve",
  body: "家属20日来队，公寓房窗户漏雨，两次报修均无人回复。",
  desiredOutcome: "修好窗户",
  severity: "ordinary",
  confidentiality: 1,
  demands: [],
} as const;

test("the petitioner's own words propose category, procedure and demand", () => {
  expect(registrationOf({ ...received, demands: [] })).toMatchObject({
    category: "claim",
    track: "ordinary",
    subRoute: "6",
    confidentiality: "1",
    demands: [{ desiredOutcome: "修好窗户" }],
    safetyAnswered: false,
  });
});

test("an accusation goes its own way and is closed to the unit", () => {
  const values = withCategory(registrationOf({ ...received, demands: [] }), "accusation");

  expect(values).toMatchObject({ track: "accusation", subRoute: "", confidentiality: "3" });
  expect(withCategory(values, "claim").confidentiality).toBe("1");
});

test("a chosen procedure stays only where the new category has it too", () => {
  const values = { ...registrationOf({ ...received, demands: [] }), track: "simple" as const };

  expect(withCategory(values, "claim").track).toBe("simple");
  expect(withCategory(values, "suggestion").track).toBe("suggestion");
  expect(tracksFor("accusation")).not.toContain("simple");
});

test("what is sent is what the contract asks for", () => {
  const on = { caseId: crypto.randomUUID(), version: 1, key: "k".repeat(20) };
  const values = registrationOf({ ...received, demands: [] });
  const unit = {
    id: crypto.randomUUID(),
    name: { "zh-CN": "后勤处", en: "Logistics" },
    path: { "zh-CN": "旅/后勤处", en: "B/L" },
  };

  const sent = registerInput.parse({
    ...on,
    ...registrationToSend({
      ...values,
      respondents: [
        { kind: "unit", unit },
        { kind: "words", label: "某供应商" },
      ],
    }),
  });

  expect(sent.subRoute).toBe(6);
  expect(sent.respondents).toEqual([
    { kind: "unit", unitId: unit.id },
    { kind: "words", label: "某供应商" },
  ]);
});

test("a topic of violence or harassment makes it sensitive, and nothing of an organ's", () => {
  const never = new Set(["violence"]);
  expect(withTopics("1", ["pay", "violence"], never)).toBe("2");
  expect(withTopics("1", ["pay"], never)).toBe("1");
  expect(withTopics("2", [], never)).toBe("2");
  expect(withTopics("3", ["violence"], never)).toBe("3");
});
