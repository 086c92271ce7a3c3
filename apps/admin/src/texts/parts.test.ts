import { expect, test } from "vitest";
import { partsOf, textsOf } from "./parts.ts";

test("a part is taken when both languages say something, and told apart when only one does", () => {
  const parts = partsOf("D14");
  expect(textsOf(parts, { "opening.zh-CN": " 您好 ", "opening.en": "Hello", "closing.zh-CN": " " })).toEqual({
    texts: { opening: { "zh-CN": "您好", en: "Hello" } },
    half: false,
  });
  expect(textsOf(parts, { "opening.zh-CN": "您好" })).toEqual({ texts: {}, half: true });
  expect(textsOf(partsOf("privacy"), { "body.zh-CN": "一", "body.en": "one", "opening.en": "x" })).toEqual({
    texts: { body: { "zh-CN": "一", en: "one" } },
    half: false,
  });
});
