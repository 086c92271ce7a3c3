import fc from "fast-check";
import { expect, test } from "vitest";
import { isReadable, lettersIn, type ScannedPage } from "./batch.ts";

const page = (key: string, begins: boolean): ScannedPage => ({
  key,
  begins,
  name: `${key}.jpg`,
  content: new Blob(),
  kind: "letter",
});

test("a batch falls into letters where one begins; the first page begins one in any case", () => {
  const pages = [page("a", false), page("b", false), page("c", true), page("d", true), page("e", false)];
  expect(lettersIn(pages).map((one) => one.map(({ key }) => key).join(""))).toEqual(["ab", "c", "de"]);
  expect(lettersIn([])).toEqual([]);
});

test("no page is lost, doubled or moved", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 40 }), (begins) => {
      const pages = begins.map((one, n) => page(String(n), one));
      const letters = lettersIn(pages);
      expect(letters.flat()).toEqual(pages);
      expect(letters.every((letter) => letter.length > 0)).toBe(true);
    }),
  );
});

test("a page is what its first bytes say, and nothing when it is empty or damaged", () => {
  const pdf = new TextEncoder().encode("%PDF-1.7");
  expect(isReadable("application/pdf", pdf)).toBe(true);
  expect(isReadable("image/png", pdf)).toBe(false);
  expect(isReadable("application/pdf", pdf.subarray(0, 3))).toBe(false);
  expect(isReadable("image/jpeg", new Uint8Array())).toBe(false);
  expect(isReadable("image/jpeg", Uint8Array.of(0xff, 0xd8, 0xff, 0xe0))).toBe(true);
});
