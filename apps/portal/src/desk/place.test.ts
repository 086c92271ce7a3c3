import { deskViews } from "@doorstep/contracts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type DeskPlace, hrefOf, parsePlace } from "./place.ts";

const read = (href: string) => {
  const [path = "", search = ""] = href.split("?");
  return parsePlace(path, search);
};

test("an address leads back to the place it was written from", () => {
  const filter = fc.record(
    {
      view: fc.constantFrom(...deskViews),
      unit: fc.uuid(),
      category: fc.constantFrom("suggestion", "accusation", "claim"),
      channel: fc.constantFrom("online", "letter", "imported"),
      order: fc.constantFrom("usual", "reversed"),
      columns: fc.subarray(["caseNo", "state", "received"]),
      q: fc.string({ minLength: 1, maxLength: 40, unit: "grapheme" }).map((s) => `x${s.trim()}`),
    },
    { requiredKeys: ["view"] },
  );
  const place = fc.oneof(
    fc.record({ page: fc.constant("queue"), filter }),
    fc.record({ page: fc.constant("case"), caseNo: fc.constant("2026-7K3M9Q-X"), filter, act: fc.constant("T12") }),
    fc.record({ page: fc.constant("letter"), noticeId: fc.uuid(), caseId: fc.uuid() }),
    fc.record({ page: fc.constant("approvals"), notice: fc.uuid() }),
    fc.record({ page: fc.constant("unitLetters"), letter: fc.uuid() }),
    fc.record({
      page: fc.constantFrom(
        "register",
        "handover",
        "tasks",
        "urged",
        "duty",
        "explain",
        "proof",
        "reports",
        "registers",
        "today",
      ),
    }),
    fc.record({
      page: fc.constant("module"),
      pluginId: fc.constantFrom("box", "two-words"),
      path: fc.array(fc.constantFrom("a", "一", "x y")).map((parts) => `/${parts.join("/")}`),
    }),
  );

  fc.assert(
    fc.property(place, (p) => {
      expect(read(hrefOf(p as DeskPlace))).toEqual(p);
    }),
  );
});

test("a search value that does not exist falls back instead of failing", () => {
  expect(read("/desk/queue?view=nonsense&category=nonsense&unit=1&order=1&columns=caseNo,name&q=")).toEqual({
    page: "queue",
    filter: { view: "open" },
  });
});

test.each(["/desk/elsewhere", "/desk/queue/x", "/desk/letters/not-an-id?case=1", "/desk/c/a/b"])(
  "%s is no page of the desk",
  (href) => {
    expect(read(href)).toEqual({ page: "unknown" });
  },
);

test("the bare address is the queue", () => {
  expect(read("/desk")).toMatchObject({ page: "queue", filter: { view: "open" } });
});
