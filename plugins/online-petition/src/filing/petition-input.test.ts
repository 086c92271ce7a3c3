import { expect, test } from "vitest";
import { type Answers, noAnswers } from "./answers.ts";
import { petitionInput } from "./petition-input.ts";

const context = {
  key: "k".repeat(36),
  language: "zh-CN",
  fileIds: ["f1"],
  further: "",
  fallbackTitle: "信访事项",
} as const;
const told: Answers = {
  ...noAnswers,
  purpose: "solve",
  story: " 热水器坏了三周。没人修。 ",
  unit: { id: "u1", name: { "zh-CN": "一营", en: "1st Battalion" } },
  identity: "named",
  kind: "nco",
  name: " 甲 ",
  contact: "13800000000",
};

test("a named petition carries name and contact, and the title proposed from the story", () => {
  expect(petitionInput(told, context)).toMatchObject({
    title: "热水器坏了三周",
    body: "热水器坏了三周。没人修。",
    anonymity: "named",
    petitioner: { name: "甲", kind: "nco", contact: "13800000000", filingFor: "self" },
    fileIds: ["f1"],
    unitId: "u1",
  });
});

test("an anonymous petition carries nothing of what was typed before the choice", () => {
  const input = petitionInput({ ...told, identity: "anonymous" }, context);

  expect(input).not.toHaveProperty("petitioner");
  expect(JSON.stringify(input)).not.toContain("13800000000");
});

test("for somebody else it says for whom; for oneself it does not", () => {
  const family = petitionInput({ ...told, relation: "family", onBehalfOf: "乙" }, context);

  expect(family).toMatchObject({ petitioner: { filingFor: "family", onBehalfOf: "乙" } });
  expect(petitionInput({ ...told, onBehalfOf: "乙" }, context)).not.toHaveProperty("petitioner.onBehalfOf");
});

test("an unknown unit is left to the top office", () => {
  expect(petitionInput({ ...told, unit: "unknown" }, context).unitId).toBeNull();
});

test("a story without a sentence still has a title", () => {
  expect(petitionInput({ ...told, story: "。。。。。。" }, context).title).toBe("信访事项");
});

test("a petition with a question open cannot be made", () => {
  expect(() => petitionInput({ ...told, unit: null }, context)).toThrow();
});

test("what another module asked stands below the matter, and never takes anything of the writer's own words", () => {
  const further = "愿意先调解吗\n愿意";
  expect(petitionInput(told, { ...context, further }).body).toBe(`热水器坏了三周。没人修。\n\n${further}`);
  const long = "长".repeat(19_995);
  expect(petitionInput({ ...told, story: long }, { ...context, further }).body).toBe(`${long}\n\n愿意先`);
});
