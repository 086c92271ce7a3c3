import { expect, test } from "vitest";
import { fitted, isPicture, neutralName } from "./shrink-image.ts";

test.each([
  [
    { width: 4_800, height: 2_400 },
    { width: 2_400, height: 1_200 },
  ],
  [
    { width: 1_000, height: 9_600 },
    { width: 250, height: 2_400 },
  ],
  [
    { width: 640, height: 480 },
    { width: 640, height: 480 },
  ],
  [
    { width: 100_000, height: 1 },
    { width: 2_400, height: 1 },
  ],
])("%o is drawn at %o", (size, drawn) => {
  expect(fitted(size)).toEqual(drawn);
});

test("an anonymous file loses its name and keeps its kind", () => {
  expect(neutralName("张三的住院证明.PDF", 2)).toBe("2.pdf");
  expect(neutralName("photo", 1)).toBe("1");
});

test.each([
  ["IMG_1.HEIC", "", true],
  ["IMG_1.jpg", "", true],
  ["scan", "image/png", true],
  ["证明.pdf", "application/pdf", false],
  ["记录.docx", "", false],
])("%s of type “%s” is a picture: %s", (name, type, picture) => {
  expect(isPicture({ type }, name)).toBe(picture);
});
