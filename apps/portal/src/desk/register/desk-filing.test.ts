import { deskFileInput } from "@doorstep/contracts";
import { expect, test } from "vitest";
import { emptyFiling, filingToSend, missingIn } from "./desk-filing.ts";

const letter = {
  ...emptyFiling,
  via: "letter",
  name: "某军官",
  kind: "officer",
  purpose: "solve",
  title: "津贴",
  body: "津贴少发一档。",
} as const;

test("a letter needs no reading back, a visit does", () => {
  expect(missingIn(letter)).toEqual([]);
  expect(missingIn({ ...letter, via: "visit" })).toEqual(["readBack"]);
  expect(missingIn({ ...letter, via: "phone", readBack: true })).toEqual([]);
});

test("an anonymous caller is not asked who he is, and nothing of it is sent", () => {
  const call = { ...letter, via: "phone", anonymity: "anonymous", readBack: true } as const;

  expect(missingIn({ ...call, name: "", kind: "" })).toEqual([]);
  expect(filingToSend(call, crypto.randomUUID(), "k".repeat(20)).petitioner).toBeUndefined();
});

test("what is sent is what the contract asks for", () => {
  const sent = deskFileInput.parse(
    filingToSend({ ...letter, receivedOn: "2026-03-02" }, crypto.randomUUID(), "k".repeat(20)),
  );

  expect(sent).toMatchObject({
    via: "letter",
    receivedOn: "2026-03-02",
    petitioner: { name: "某军官", kind: "officer" },
  });
});
