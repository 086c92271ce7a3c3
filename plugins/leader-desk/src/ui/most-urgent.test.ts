import { expect, test } from "vitest";
import type { ChargeView } from "./charge-view.ts";
import { mostUrgent } from "./most-urgent.ts";

const charge = (caseId: string, on: string | null) =>
  ({ caseId, title: caseId, next: on === null ? null : { what: "plan", on } }) as ChargeView;
const approval = (caseNo: string, dueOn: string | null) => ({ caseNo, title: caseNo, dueOn });

test("the earliest day comes first; of one day the reply that waits; what has no day comes last", () => {
  expect(mostUrgent([], [], [])).toBeNull();
  expect(mostUrgent([charge("a", null)], [], [])).toBeNull();
  expect(mostUrgent([charge("a", "2026-03-05")], [approval("b", "2026-03-09")], [])).toMatchObject({
    ...{ title: "a", what: "plan", to: "portal:/desk/p/leader-desk/c/a" },
  });
  expect(mostUrgent([charge("a", "2026-03-05")], [approval("b", "2026-03-05")], [])).toMatchObject({
    ...{ title: "b", what: "approve", to: "portal:/desk/c/b" },
  });
  expect(mostUrgent([charge("a", "2026-03-05")], [approval("b", null)], [])?.title).toBe("a");
  expect(mostUrgent([], [approval("b", null)], [])?.title).toBe("b");
  const task = (leftBy: string | null) => ({ text: "t", dueOn: "2026-03-04", leftBy });
  expect(mostUrgent([charge("a", "2026-03-05")], [], [task(null)])).toMatchObject({ what: "task", title: "t" });
  expect(mostUrgent([charge("a", "2026-03-05")], [], [task("已调走")])?.title).toBe("a");
});
