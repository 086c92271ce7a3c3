import { expect, test } from "vitest";
import { keepReceipt, maskReceipt, type Receipt, readReceipt } from "./receipt-store.ts";

function memory() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

const receipt: Receipt = {
  caseNo: "2026-7K3M9Q-X",
  returnCode: "7K3M-92QD-XF4T-H8WP-V5NC",
  proof: "AB12-CD34-EF56-GH78",
  receivedAt: "2026-11-23T08:00:00Z",
  unit: { "zh-CN": "一营", en: "1st Battalion" },
  anonymous: true,
  filesLeft: 0,
  delayed: false,
  next: [],
};

test("a reload shows the same receipt", () => {
  const tab = memory();
  keepReceipt(receipt, tab);

  expect(readReceipt(tab)).toEqual(receipt);
});

test("an anonymous code is gone once its page has been left", () => {
  const tab = memory();
  keepReceipt(receipt, tab);

  maskReceipt(tab);

  expect(readReceipt(tab)?.returnCode).toBe("");
  expect(tab.getItem("doorstep.receipt")).not.toMatch(/7K3M-92QD|AB12-CD34/);
});

test("the code of somebody who gave his name stays for the tab", () => {
  const tab = memory();
  keepReceipt({ ...receipt, anonymous: false }, tab);

  maskReceipt(tab);

  expect(readReceipt(tab)?.returnCode).toBe(receipt.returnCode);
});

test("a broken receipt is no receipt", () => {
  const tab = memory();
  tab.setItem("doorstep.receipt", "{");

  expect(readReceipt(tab)).toBeUndefined();
});
