import {
  DoorstepError,
  type LetterTemplate,
  letterDoc,
  letterFacts,
  letterTemplates,
  locales,
  noticeNames,
  objectionAnswerName,
} from "@doorstep/contracts";
import { describe, expect, test } from "vitest";
import { composeLetter, letterProblems } from "./compose-letter.ts";
import { sampleFacts } from "./sample-facts.ts";

const every = letterTemplates.flatMap((code) => locales.map((locale) => ({ code, locale })));
const wholeText = (value: unknown): string => JSON.stringify(value);
const han = /[\u4E00-\u9FFF]/;

describe.each(every)("$code in $locale", ({ code, locale }) => {
  const facts = sampleFacts[code];
  const doc = composeLetter(code, facts, locale);

  test("holds what every letter must hold", () => {
    expect(letterDoc.parse(doc)).toEqual(doc);
    expect(doc).toMatchObject({
      number: facts.number,
      caseNo: facts.caseNo,
      issuer: facts.unit[locale],
      // the sample of an objection is one that was answered
      title: (code === "D6" ? objectionAnswerName : noticeNames[code])[locale],
    });
    expect(doc.signature).toMatchObject({ unit: facts.unit[locale], issuedOn: facts.issuedOn });
    expect(wholeText(doc.contact)).toContain(facts.contact.phone);
    expect(doc.summary.paragraphs.join("").length).toBeGreaterThan(20);
    expect(doc.query.hint).not.toBe("");
    expect(doc.draftMark).toBeNull();
  });

  test("is a draft without a number", () => {
    expect(composeLetter(code, { ...facts, number: null } as typeof facts, locale).draftMark).toBe(
      locale === "en" ? "DRAFT" : "草稿",
    );
  });
});

test("what is not there is said in the language of the letter; a name kept back is not called anonymous", () => {
  const concluded = { ...sampleFacts.D24, openCare: null };
  expect(wholeText(composeLetter("D24", concluded, "zh-CN"))).not.toContain("none");
  expect(wholeText(composeLetter("D24", concluded, "en"))).toContain("none");
  const sheet = (anonymity: "named" | "anonymous") =>
    wholeText(composeLetter("D2", { ...sampleFacts.D2, petitioner: null, anonymity }, "en"));
  expect(sheet("named")).toContain("not shown on this sheet");
  expect(sheet("anonymous")).not.toContain("not shown on this sheet");
});

test("an English letter holds no Chinese of its own", () => {
  for (const code of letterTemplates) {
    const doc = composeLetter(code, english(sampleFacts[code]) as never, "en");

    expect(wholeText(doc)).not.toMatch(han);
  }
});

/** Replaces what people wrote by English, so that any Chinese left comes from the template. */
function english(value: unknown): unknown {
  if (typeof value === "string") return han.test(value) ? "written by a person" : value;
  if (Array.isArray(value)) return value.map(english);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, english(inner)]));
}

test.each(["D14", "D16"] as const)(
  "%s ends with the handler's own plain words, then what every such letter says",
  (code) => {
    const facts = sampleFacts[code];
    const [own, ...others] = composeLetter(code, facts, "zh-CN").summary.paragraphs;
    const { plainSummary, ...withoutOwn } = facts;

    expect(plainSummary).toBeDefined();
    expect(own).toBe(plainSummary);
    expect(composeLetter(code, withoutOwn as never, "zh-CN").summary.paragraphs).toEqual(others);
  },
);

const amongOffices: readonly LetterTemplate[] = ["D2", "D4", "D6", "D7", "D27", "D31"];
const questions = {
  "zh-CN": [/^结果：./, /^原因：./, /^您可以：./, /^期限：./],
  en: [/^What was decided: ./, /^Why: ./, /^What you can do: ./, /^Until when: ./],
} as const;

test.each(every.filter(({ code }) => !amongOffices.includes(code)))(
  "$code tells the petitioner in plain words what was decided, why, what he can do, until when ($locale)",
  ({ code, locale }) => {
    const said = composeLetter(code, sampleFacts[code] as never, locale).summary.paragraphs.slice(-4);

    for (const [n, question] of questions[locale].entries()) expect(said[n]).toMatch(question);
    // whatever people typed ends as one sentence does
    for (const part of said) expect(part).toMatch(/[^.。；][.。]$/);
  },
);

test("a letter to an office speaks to the office, and one to the petitioner to him", () => {
  const { letter } = sampleFacts.DM;
  const canOf = (addressee?: string) => {
    const to = addressee === undefined ? letter["zh-CN"] : { ...letter["zh-CN"], addressee };
    const facts = { ...sampleFacts.DM, letter: { ...letter, "zh-CN": to } };
    return composeLetter("DM", facts as never, "zh-CN").summary.paragraphs[2]?.split("：")[0];
  };

  expect([canOf(), canOf("某市教育局")]).toEqual(["您可以", "贵单位可以"]);
});

test("an objection that is agreed to says who is responsible from then on, not until somebody agrees", () => {
  const said = (answer: object | null) =>
    wholeText(composeLetter("D6", { ...sampleFacts.D6, answer } as never, "zh-CN"));
  const [taken, refused, open] = [
    said({ agreed: true, reason: "属实" }),
    said({ agreed: false, reason: "不属实" }),
    said(null),
  ];

  expect(taken).toContain("自即日起由转出单位负责");
  expect(taken).not.toContain("同意之前");
  expect(refused).toContain("由共同上级指定");
  expect(open).toContain("在转出单位同意之前");
  const titled = [taken, refused, open].map((doc) => doc.includes(`"title":"${noticeNames.D6["zh-CN"]}"`));
  expect(titled).toEqual([false, false, true]);
});

test("a demand settled by mediation bears its number once", () => {
  expect(wholeText(composeLetter("D18", sampleFacts.D18, "zh-CN"))).toContain(`"text":"1. `);
});

test("a reason that is long is read where it stands, not twice", () => {
  const long = "理".repeat(200);
  const why = composeLetter("D3", { ...sampleFacts.D3, why: long }, "zh-CN").summary.paragraphs[1];

  expect(why).not.toContain("理理");
  expect(why).toContain("上文");
});

test("each required fact that is missing is named, and the letter refused", () => {
  for (const code of letterTemplates) {
    const shape: Record<string, { safeParse(value: unknown): { success: boolean } }> = letterFacts[code].shape;
    const required = Object.keys(shape).filter((key) => !shape[key]?.safeParse(undefined).success);
    expect(required.length).toBeGreaterThan(11);
    for (const key of required) {
      const lacking = { ...sampleFacts[code], [key]: undefined };

      expect(letterProblems(code, lacking)).toContain(key);
      expect(() => composeLetter(code, lacking as never, "zh-CN")).toThrow(
        expect.objectContaining({ code: "notice.fieldMissing", params: { notice: code, fields: key } }),
      );
    }
  }
});

describe("D14", () => {
  const facts = sampleFacts.D14;

  test.each(locales)(
    "says in plain words what became of each demand, who does what next, and the last day (%s)",
    (locale) => {
      const [first, ...others] = facts.demands;
      const promise = { owner: "营房股", dueOn: "2026-03-31" };
      const demands = [{ ...first, promise }, ...others];
      const summary = composeLetter("D14", { ...facts, demands } as never, locale).summary.paragraphs.join("\n");

      for (const d of facts.demands) expect(summary).toContain(locale === "en" ? `no. ${d.no} ` : `第${d.no}项`);
      expect(summary).toContain(
        locale === "en" ? "营房股 carries out no. 1 by 31 March 2026" : "由营房股落实，最迟2026年3月31日",
      );
      expect(summary).toContain(facts.remedy.unit[locale]);
      expect(summary).toContain(String(facts.remedy.days));
      expect(composeLetter("D14", facts, locale).summary.paragraphs.join("\n")).not.toContain("营房股");
    },
  );

  test.each(locales)("holds facts, opinion and basis of every demand and the remedy (%s)", (locale) => {
    const text = wholeText(composeLetter("D14", facts, locale));

    for (const demand of facts.demands) {
      for (const part of [demand.text, demand.facts, demand.opinion, demand.basis]) expect(text).toContain(part);
    }
    expect(text).toContain(facts.remedy.unit[locale]);
    const unit = facts.remedy.unit[locale];
    expect(text).toContain(
      locale === "en"
        ? `ask ${unit} (${facts.remedy.address}) for a review within 30 days`
        : `自收到之日起30日内，向${unit}`,
    );
  });

  test("cannot grant a demand without saying how it is carried out", () => {
    const [first, second] = facts.demands;
    const { steps, ...withoutSteps } = first ?? {};
    const lacking = { ...facts, demands: [withoutSteps, second] };

    expect(steps).toBeDefined();
    expect(letterProblems("D14", lacking)).toEqual(["demands.0.steps"]);
  });

  test("names the demand that has no basis", () => {
    const demands = facts.demands.map((d, i) => (i === 1 ? { ...d, basis: " " } : d));

    expect(() => composeLetter("D14", { ...facts, demands }, "zh-CN")).toThrow(
      expect.objectContaining({ params: { notice: "D14", fields: "demands.1.basis" } }),
    );
  });
});

test("a quashed opinion must say until when it is decided again", () => {
  expect(letterProblems("D22", { ...sampleFacts.D22, redoBy: undefined })).toEqual(["redoBy"]);
  expect(letterProblems("D22", { ...sampleFacts.D22, redoBy: undefined, outcome: "upheld" })).toEqual([]);
});

test("the code stands on the receipt that hands it over and nowhere else", () => {
  const code = sampleFacts.D1.returnCode ?? "";

  expect(composeLetter("D1", sampleFacts.D1, "zh-CN").query.code?.value).toBe(code);
  expect(composeLetter("D1", { ...sampleFacts.D1, returnCode: null }, "zh-CN").query.code).toBeNull();
  for (const other of letterTemplates.filter((c): c is Exclude<LetterTemplate, "D1"> => c !== "D1")) {
    expect(wholeText(composeLetter(other, { ...sampleFacts[other], returnCode: code } as never, "en"))).not.toContain(
      code,
    );
  }
});

test("somebody without a name is addressed as the petitioner", () => {
  expect(composeLetter("D8", { ...sampleFacts.D8, addressee: null }, "zh-CN").addressee).toBe("信访人：");
  expect(composeLetter("D8", { ...sampleFacts.D8, addressee: null }, "en").addressee).toBe("To the petitioner,");
});

test("an accusation that is passed on carries its mark", () => {
  expect(composeLetter("D4", { ...sampleFacts.D4, confidentiality: 3 }, "zh-CN").mark).toContain(
    "严禁转给被检举控告的人员、单位",
  );
  expect(composeLetter("D4", { ...sampleFacts.D4, confidentiality: 1 }, "zh-CN").mark).toBeNull();
});

test("pictures, control characters and invisible marks do not reach the paper", () => {
  const doc = composeLetter("D8", { ...sampleFacts.D8, subject: "漏\u0007雨\u200B👨‍👩‍👧😡了\t请\u202E看" }, "zh-CN");

  expect(wholeText(doc)).toContain("漏雨〔表情〕〔表情〕了 请看");
});

test("an English letter has narrow quotation marks but leaves Chinese ones alone", () => {
  const doc = composeLetter("D8", { ...sampleFacts.D8, subject: "The window’s “big” leak 所谓“小修”" }, "en");

  expect(doc.blocks[0]).toMatchObject({ text: expect.stringContaining(`The window's "big" leak 所谓“小修”`) });
});

test("a fact that is only white space counts as missing", () => {
  expect(() => composeLetter("D3", { ...sampleFacts.D3, why: "\u200B \t" }, "zh-CN")).toThrow(DoorstepError);
});
