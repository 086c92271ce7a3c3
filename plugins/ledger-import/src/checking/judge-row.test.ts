import { expect, test } from "vitest";
import { mapping } from "../mapping/mapping.ts";
import { hasLostCharacters } from "./damage.ts";
import { type Judging, judgeRow } from "./judge-row.ts";

const columns = ["id", "type", "detail", "opened", "answered", "closed", "reply", "unit"];
const judging = (more: Partial<Judging> = {}): Judging => ({
  columns,
  mapping: mapping.parse({
    key: ["id"],
    title: ["type", "detail"],
    receivedAt: "opened",
    repliedAt: "answered",
    closedAt: "closed",
    reply: ["reply"],
    unit: "unit",
  }),
  encoding: "utf-8",
  source: "old register",
  timeZone: "Asia/Shanghai",
  now: "2026-03-02T02:00:00.000Z",
  unitOf: async (code) => (code === "A1" ? "unit-1" : null),
  isTaken: (key) => key === "taken",
  ...more,
});
const row = (more: Partial<Record<(typeof columns)[number], string>> = {}) => {
  const cells = {
    id: "7",
    type: "Parks",
    detail: "Benches",
    opened: "2019-12-31",
    answered: "",
    closed: "2020-01-02",
    reply: "",
    unit: "A1",
    ...more,
  };
  return { row: 2, cells: columns.map((name) => cells[name as keyof typeof cells] ?? "") };
};
const codes = async (more: Parameters<typeof row>[0], by?: Partial<Judging>) =>
  (await judgeRow(row(more), judging(by))).problems.map((one) => one.code);

test("a row says what it proves and nothing else", async () => {
  const { record } = await judgeRow(row(), judging());

  expect(record).toEqual({
    source: "old register",
    sourceKey: "7",
    unitId: "unit-1",
    title: "Parks / Benches",
    body: "Parks / Benches",
    category: null,
    via: "imported",
    topicCode: null,
    petitionerAlias: null,
    receivedAt: "2019-12-30T16:00:00.000Z",
    reply: null,
    repliedAt: null,
    closedAt: "2020-01-01T16:00:00.000Z",
    original: {
      id: "7",
      type: "Parks",
      detail: "Benches",
      opened: "2019-12-31",
      answered: "",
      closed: "2020-01-02",
      reply: "",
      unit: "A1",
    },
  });
});

test.each([
  [{ type: "", detail: " " }, ["import.noText"]],
  [{ type: "" }, []],
  [{ closed: "2019-12-30" }, ["import.endBeforeStart"]],
  [{ closed: "2019-12-31", opened: "2019-12-31 17:00" }, []],
  [{ answered: "2019-12-31 16:59", opened: "2019-12-31 17:00" }, ["import.endBeforeStart"]],
  [{ opened: "" }, ["import.unknownDate"]],
  [{ opened: "last week", closed: "soon" }, ["import.unknownDate", "import.unknownDate"]],
  [{ opened: "2026-03-03", closed: "" }, ["import.future"]],
  [{ unit: "B9" }, ["import.unknownUnit"]],
  [{ unit: "" }, ["import.unknownUnit"]],
  [{ id: "taken" }, ["import.repeatedKey"]],
  [{ detail: "Ben\uFFFDches" }, ["import.brokenEncoding"]],
  [
    { type: "", detail: "", opened: "x", unit: "B9", id: "taken" },
    ["import.noText", "import.unknownDate", "import.unknownUnit", "import.repeatedKey"],
  ],
])("%j ends with %j", async (more, expected) => {
  expect(await codes(more)).toEqual(expected);
});

test("an end without a time never lies before the moment it began", async () => {
  const { record } = await judgeRow(row({ opened: "2019-12-31 17:00", closed: "2019-12-31" }), judging());

  expect(record?.closedAt).toBe(record?.receivedAt);
});

test("a row without a key is known by its content", async () => {
  const one = await judgeRow(row({ id: "" }), judging());
  const same = await judgeRow({ ...row({ id: "" }), row: 9 }, judging());
  const other = await judgeRow(row({ id: "", detail: "Lamps" }), judging());

  expect(one.key).toMatch(/^row:[0-9a-f]{32}$/);
  expect(same.key).toBe(one.key);
  expect(other.key).not.toBe(one.key);
});

test.each([
  ["，?已经", true],
  ["不受“9?23限购", true],
  ["?本人是", true],
  ["怎么回事?", false],
  ["法吗补课?难道", false],
  ["您好!?针对", false],
  ["http://u.com/?id=107", false],
])("whether a character is provably lost in %s: %s", (text, lost) => {
  expect(hasLostCharacters(text, "gbk")).toBe(lost);
  expect(hasLostCharacters(text, "utf-8")).toBe(false);
});

test("a person may take rows with lost characters as they are, but never undecodable ones", async () => {
  const accepting = { encoding: "gbk" as const, mapping: { ...judging().mapping, acceptDamaged: true } };

  expect(await codes({ detail: "好，?的" }, { encoding: "gbk" })).toEqual(["import.brokenEncoding"]);
  expect(await codes({ detail: "好，?的" }, accepting)).toEqual([]);
  expect(await codes({ detail: "好\uFFFD的" }, accepting)).toEqual(["import.brokenEncoding"]);
});
