import { expect, test } from "vitest";
import { sideActs } from "./side-acts.ts";

const grant = (role: "officer" | "handler" | "signer") => ({
  id: "g",
  role,
  unitId: "u",
  unitName: { "zh-CN": "旅", en: "Brigade" },
  subtree: false,
  from: "2026-01-01",
  until: null,
  pending: false,
  grantedBy: null,
});
const handling = {
  state: "inHandling",
  category: "claim",
  anonymity: "named",
  handler: { id: "h", name: "H" },
  notices: [],
} as const;
const notice = (state: "submitted" | "draft") => ({
  id: "n",
  code: "D14",
  name: { "zh-CN": "意见书", en: "Opinion" },
  number: null,
  sealedAt: null,
  deliveredOn: null,
  state,
  version: 1,
  createdAt: "2026-03-02T00:00:00Z",
  approvedBy: null,
  draftedBy: null,
  sentBackReason: null,
  method: null,
});

test("the handler of the case drafts the reply and records the conversation, another handler does not", () => {
  expect(sideActs({ ...handling, notices: [] }, { personId: "h", grants: [grant("handler")] })).toEqual([
    "reply",
    "heard",
    "recusal",
  ]);
  expect(sideActs({ ...handling, notices: [] }, { personId: "x", grants: [grant("handler")] })).toEqual(["recusal"]);
});

test("a reply that waits for its signature is not drafted again; one that was sent back is", () => {
  const me = { personId: "h", grants: [grant("handler")] };

  expect(sideActs({ ...handling, notices: [notice("submitted")] }, me)).not.toContain("reply");
  expect(sideActs({ ...handling, notices: [notice("draft")] }, me)).toContain("reply");
});

test("nobody can hear somebody unknown", () => {
  const me = { personId: "h", grants: [grant("handler")] };

  expect(sideActs({ ...handling, anonymity: "anonymous", notices: [] }, me)).not.toContain("heard");
});

test("a closed case leaves nothing to step back from", () => {
  expect(
    sideActs({ ...handling, state: "archived", notices: [] }, { personId: "h", grants: [grant("officer")] }),
  ).toEqual([]);
});
