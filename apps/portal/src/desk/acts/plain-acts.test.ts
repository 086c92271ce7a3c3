import { expect, test } from "vitest";
import { deskText, nameOf } from "../text.ts";
import { type PlainAct, plainActs } from "./plain-acts.ts";

const choices = Object.entries<PlainAct>(plainActs).flatMap(([form, { fields }]) =>
  fields.flatMap((field) => (field.kind === "choice" ? field.options.map((option) => [form, option] as const) : [])),
);

test.each(choices)("%s: the choice %s has words in both languages", (form, option) => {
  for (const language of ["zh-CN", "en"] as const)
    expect(nameOf(deskText(language), `acts.choice.${form}`, option)).not.toBe(option);
});
