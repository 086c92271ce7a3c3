import { expect, test } from "vitest";
import { type Answers, furthestStep, noAnswers } from "./answers.ts";

const unit = { id: "0199aaaa-0000-7000-8000-000000000001", name: { "zh-CN": "一营", en: "1st Battalion" } };
const told: Answers = { ...noAnswers, purpose: "solve", story: "热水器坏了三周", unit };

test.each([
  [{}, 1],
  [{ purpose: "solve" }, 2],
  [{ purpose: "solve", story: "坏了  " }, 2],
  [{ purpose: "solve", story: "热水器坏了三周" }, 3],
  [told, 4],
  [{ ...told, unit: "unknown" }, 4],
  [{ ...told, identity: "anonymous" }, 6],
  [{ ...told, identity: "named" }, 4],
  [{ ...told, identity: "named", kind: "nco", name: "甲", contact: "138" }, 6],
  [{ ...told, identity: "named", kind: "nco", name: " ", contact: "138" }, 4],
  [{ ...told, identity: "confidential", kind: "nco", name: "甲", contact: " " }, 4],
  [{ ...told, identity: "named", kind: "family", name: "甲", contact: "138", relation: "family" }, 4],
  [{ ...told, identity: "named", kind: "family", name: "甲", contact: "138", relation: "family", onBehalfOf: "乙" }, 6],
] as const)("%o may open step %i", (answers, step) => {
  expect(furthestStep({ ...noAnswers, ...answers })).toBe(step);
});
