import { expect, test } from "vitest";
import { createDraftStore, type TextStorage } from "./draft-store.ts";

function memory(): TextStorage {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

test("a draft is read back until it is cleared", () => {
  const drafts = createDraftStore(memory(), "anna");

  drafts.write("reply:1", { summary: "工资表已核对" });
  expect(drafts.read("reply:1")).toEqual({ summary: "工资表已核对" });
  drafts.clear("reply:1");
  expect(drafts.read("reply:1")).toBeUndefined();
});

test("at a shared computer nobody finds the text of the person before", () => {
  const storage = memory();
  createDraftStore(storage, "anna").write("reply:1", { summary: "hers" });

  expect(createDraftStore(storage, "bo").read("reply:1")).toBeUndefined();
});

test("a storage that refuses costs the draft and nothing else", () => {
  const refuse = () => {
    throw new Error("quota");
  };
  const drafts = createDraftStore({ getItem: refuse, setItem: refuse, removeItem: refuse }, "anna");

  drafts.write("x", { a: 1 });
  drafts.clear("x");
  expect(drafts.read("x")).toBeUndefined();
});

test("what is no draft is not given back", () => {
  const storage = memory();
  storage.setItem("doorstep.desk.draft:anna:x", "{broken");

  expect(createDraftStore(storage, "anna").read("x")).toBeUndefined();
});
