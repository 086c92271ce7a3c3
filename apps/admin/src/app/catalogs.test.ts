import { expect, test } from "vitest";
import en from "./catalog-en.ts";
import zh from "./catalog-zh-cn.ts";

interface Words {
  readonly [key: string]: string | Words;
}

const flat = (words: Words, path = ""): [string, string][] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === "string" ? [[`${path}${key}`, value] as [string, string]] : flat(value, `${path}${key}.`),
  );
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((found) => found[1]).toSorted();

test("both languages say the same things with the same values", () => {
  const chinese = new Map(flat(zh));
  const english = new Map(flat(en));

  expect([...english.keys()].toSorted()).toEqual([...chinese.keys()].toSorted());
  for (const [key, text] of chinese) {
    expect(text.trim(), key).not.toBe("");
    expect(placeholders(english.get(key) ?? ""), key).toEqual(placeholders(text));
  }
});
