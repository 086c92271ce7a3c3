import type { CaseView } from "@doorstep/contracts";
import { expect, test } from "vitest";
import {
  type AllowedAct,
  actOf,
  formOf,
  isActOpen,
  letterToDeliver,
  mayApprove,
  mayDeliver,
  planActs,
  primaryOf,
  waitingLetters,
} from "./act-plan.ts";

const act = (name: string, ...codes: string[]): AllowedAct => ({
  act: name,
  transition: "T0",
  refusals: codes.map((code) => ({ code, params: {} })),
  effect: { to: "same", notices: [], starts: [], stops: [] },
});

test("open acts stand in the order of the work, refused ones keep every reason", () => {
  const plan = planActs([act("assignUnit"), act("transfer"), act("accept", "category.chosen", "demands.split")]);

  expect(plan.open.map((entry) => entry.form)).toEqual(["transfer", "assign"]);
  expect(plan.refused.map((entry) => entry.refusals.map((refusal) => refusal.code))).toEqual([
    ["category.chosen", "demands.split"],
  ]);
});

test("what would answer or end something that is not there is not said to be impossible", () => {
  const plan = planActs([
    act("answerErasure", "mark.missing"),
    act("closeMediation", "mark.missing", "x"),
    act("extend", "x"),
  ]);

  expect(plan.refused.map((entry) => entry.act)).toEqual(["extend"]);
});

test("an open act without a form of the desk is not drawn as a button that leads nowhere", () => {
  expect(planActs([act("somethingNew"), act("seal"), act("write")]).open).toEqual([]);
});

test("two outcomes of one decision are one button", () => {
  expect(planActs([act("redo"), act("decideReview")]).open.map((entry) => entry.act.act)).toEqual(["decideReview"]);
});

test("a form shared by two acts asks for the one that is open", () => {
  expect(actOf([act("assign", "act.state"), act("changeHandler")], "handler")?.act).toBe("changeHandler");
  expect(actOf([act("assign", "recused")], "handler")?.act).toBe("assign");
});

test("approval is open only where the kernel says so", () => {
  expect(isActOpen([act("seal", "second.samePerson")], "seal")).toBe(false);
  expect(isActOpen([act("seal")], "seal")).toBe(true);
  expect(isActOpen([], "write")).toBe(false);
});

test("a module's letter is signed while nobody has sent it back", () => {
  const acts = [act("sealModuleLetter")];
  const letter = { code: "DM", state: "draft", sentBackReason: null } as const;

  expect(mayApprove(acts, letter)).toBe(true);
  expect(mayApprove(acts, { ...letter, sentBackReason: "期限没有写" })).toBe(false);
  expect(mayApprove([act("sealModuleLetter", "mark.set")], letter)).toBe(false);
});

test("while a reply waits for its signature, drafting it again is not the first thing to do", () => {
  const plan = planActs([act("reply"), act("heard"), act("changeHandler")]);
  const handling = { state: "inHandling", handler: { id: "h", name: "H" }, notices: [] } as const;
  const submitted = [{ state: "submitted" }] as unknown as CaseView["notices"];

  expect(primaryOf(plan, { ...handling, notices: [] })).toBe("reply");
  expect(primaryOf(plan, { ...handling, notices: submitted })).toBe("heard");
});

test("what may be done at any time is never the first thing to do", () => {
  const plan = planActs([act("cover"), act("flagUrgent")]);

  expect(plan.open).toHaveLength(2);
  expect(primaryOf(plan, { state: "replied", handler: null, notices: [] })).toBeUndefined();
});

test("a case that is done again first needs its new handler", () => {
  const plan = planActs([act("reply"), act("changeHandler")]);

  expect(primaryOf(plan, { state: "inHandling", handler: null, notices: [] })).toBe("handler");
});

test("only a sealed reply is handed over by hand; what stays in the house never waits for it", () => {
  const letters = [
    { id: "sheet", code: "D2", state: "sealed" },
    { id: "old", code: "D14", state: "delivered" },
    { id: "reply", code: "D14", state: "sealed" },
    { id: "draft", code: "D16", state: "submitted" },
  ] as const;

  expect(waitingLetters(letters).map((letter) => letter.id)).toEqual(["reply", "draft"]);
  expect(letterToDeliver(letters)?.id).toBe("reply");
  expect(letters.filter((letter) => mayDeliver([act("deliver")], letter)).map((letter) => letter.id)).toEqual([
    "reply",
  ]);
  expect(letters.some((letter) => mayDeliver([act("deliver", "petitioner.heard")], letter))).toBe(false);
});

test("what both sides have signed is handed over by an act of its own", () => {
  const agreement = { id: "agreement", code: "D18", state: "sealed" } as const;

  expect(waitingLetters([agreement])).toEqual([agreement]);
  expect(letterToDeliver([agreement])).toEqual(agreement);
  expect(mayDeliver([act("replyMediated")], agreement)).toBe(true);
  expect(mayDeliver([act("deliver")], agreement)).toBe(false);
  expect(formOf(act("replyMediated"))).toBe("deliver");
});

test("to keep a file from its destruction is offered last: what moves the case on comes first", () => {
  const plan = planActs([act("hold"), act("archive"), act("reopen")]);
  expect(plan.open.map((entry) => entry.form)).toEqual(["reopen", "archive", "hold"]);
});
