import { expect, test } from "vitest";
import { fromForm, settingFields, toForm } from "./setting-field.ts";

const schema = {
  properties: {
    days: { type: "integer", minimum: 1, maximum: 30, title: "天数", "x-labels": { en: "Days" }, cascade: "atMost" },
    rate: { type: "number" },
    open: { type: "boolean" },
    name: { type: "string", maxLength: 20, description: "shown to everybody" },
    mode: { enum: ["tls", "none"], type: "string", "x-options": { tls: { "zh-CN": "加密", en: "Encrypted" } } },
    ways: { type: "array", items: { type: "string", enum: ["a", "b"] }, cascade: "subset" },
    from: {
      anyOf: [
        { type: "string", format: "email", maxLength: 200 },
        { type: "string", const: "" },
      ],
    },
    rules: { type: "array", items: { type: "object" } },
    places: { type: "array", items: { type: "string" } },
    token: { type: "string", secret: true, title: "密码" },
  },
};
const fields = settingFields(schema);
const field = (key: string) => {
  const found = fields.find((one) => one.key === key);
  if (!found) throw new Error(key);
  return found;
};

test("each kind of setting gets the field that suits it; what no field suits is JSON", () => {
  expect(fields.map(({ key, kind }) => [key, kind.type])).toEqual([
    ["days", "whole"],
    ["rate", "number"],
    ["open", "flag"],
    ["name", "text"],
    ["mode", "choice"],
    ["ways", "choices"],
    ["from", "text"],
    ["rules", "json"],
    ["places", "lines"],
    ["token", "text"],
  ]);
  expect(field("days")).toMatchObject({ title: { "zh-CN": "天数", en: "Days" }, cascade: "atMost", secret: false });
  expect(field("days").kind).toMatchObject({ min: 1, max: 30 });
  expect(field("name")).toMatchObject({ title: { en: "name" }, hint: { en: "shown to everybody" } });
  expect(field("mode").kind).toMatchObject({
    options: [
      { value: "tls", label: { "zh-CN": "加密", en: "Encrypted" } },
      { value: "none", label: { en: "none" } },
    ],
  });
  expect(field("token")).toMatchObject({ secret: true, title: { "zh-CN": "密码", en: "密码" } });
  expect(field("from").kind).toEqual({ type: "text", maxLength: 200 });
});

test("what a field shows is what it gives back", () => {
  const values = {
    days: 7,
    rate: 0.5,
    open: true,
    name: "x",
    mode: "tls",
    ways: ["a"],
    from: "",
    rules: [{ n: 1 }],
    places: ["a", "b"],
  };
  for (const [key, value] of Object.entries(values)) {
    const { kind } = field(key);
    expect(fromForm(kind, toForm(kind, value)), key).toEqual(value);
  }
});

test("of texts, one a line, empty lines are none", () => {
  const { kind } = field("places");
  expect([toForm(kind, undefined), fromForm(kind, ""), fromForm(kind, " a \n\n b")]).toEqual(["", [], ["a", "b"]]);
});

test("what is no value is none, and is not sent", () => {
  expect(fromForm(field("rate").kind, "much")).toBeUndefined();
  expect(fromForm(field("rate").kind, " ")).toBeUndefined();
  expect(fromForm(field("rules").kind, "{")).toBeUndefined();
  expect(fromForm(field("mode").kind, "")).toBeUndefined();
  expect(fromForm(field("days").kind, toForm(field("days").kind, undefined))).toBeUndefined();
});

test("a module without settings has none", () => {
  expect([settingFields({ type: "object", properties: {} }), settingFields(null)]).toEqual([[], []]);
});
