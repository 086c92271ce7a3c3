import fc from "fast-check";
import { expect, test } from "vitest";
import { differs, wordDiff } from "./word-diff.ts";

test("a changed Chinese word is found inside an unbroken sentence", () => {
  const parts = wordDiff("经核对，津贴少发三个月，予以支持。", "经核对，津贴少发四个月，予以支持。");

  expect(
    parts
      .filter((part) => part.kind === "removed")
      .map((part) => part.text)
      .join(""),
  ).toContain("三");
  expect(
    parts
      .filter((part) => part.kind === "added")
      .map((part) => part.text)
      .join(""),
  ).toContain("四");
  expect(
    parts
      .filter((part) => part.kind === "same")
      .map((part) => part.text)
      .join(""),
  ).toContain("予以支持");
});

test("a word is shown changed as a whole, not letter by letter", () => {
  const parts = wordDiff("对该诉求予以支持。", "对该诉求不予支持。").filter((part) => part.kind !== "same");

  expect(parts).toEqual([
    { kind: "removed", text: "予以" },
    { kind: "added", text: "不予" },
  ]);
});

test("both versions can be read back out of the difference", () => {
  const sentence = fc.array(fc.constantFrom("津贴", "少发", "。", " ", "a", "the letter", "三", "\n"), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(sentence, sentence, (a, b) => {
      const [before, after] = [a.join(""), b.join("")];
      const parts = wordDiff(before, after);
      const bare = (s: string) => s.replace(/\s+/g, "");

      expect(
        bare(
          parts
            .filter((p) => p.kind !== "added")
            .map((p) => p.text)
            .join(""),
        ),
      ).toBe(bare(before));
      expect(
        bare(
          parts
            .filter((p) => p.kind !== "removed")
            .map((p) => p.text)
            .join(""),
        ),
      ).toBe(bare(after));
    }),
  );
});

test("equal texts do not differ", () => {
  expect(differs(wordDiff("一样", "一样"))).toBe(false);
  expect(differs(wordDiff("一样", "不一样"))).toBe(true);
});
