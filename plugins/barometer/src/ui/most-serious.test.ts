import { expect, test } from "vitest";
import { ruleNames } from "../rules/warnings-in.ts";
import { mostSerious } from "./most-serious.ts";

const alert = (rule: (typeof ruleNames)[number], more: object = {}) => ({
  ...{ rule, state: "open" as const, isLate: false, dueOn: "2026-03-10", ...more },
});

test("the most serious alert is the one whose answer is late, then what it says, then the nearest day", () => {
  const silence = alert("silence");
  const nearer = alert("silence", { dueOn: "2026-03-05" });
  const late = alert("unadopted", { isLate: true });
  const settled = alert("silence", { isLate: true, state: "answered" as const });
  expect(mostSerious([alert("unadopted"), silence, alert("spike")])).toBe(silence);
  expect(mostSerious([silence, nearer])).toBe(nearer);
  expect(mostSerious([silence, settled, late])).toBe(late);
  expect(mostSerious([settled])).toBeNull();
});

test("no rule comes before a silent way in", () => {
  for (const rule of ruleNames) expect(mostSerious([alert(rule), alert("silence")])?.rule).toBe("silence");
});
