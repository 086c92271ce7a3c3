import { themes } from "@doorstep/contracts";
import { expect, test } from "vitest";
import { textQuery } from "../queue/bigrams.ts";
import { caller, refusalOf } from "../testing/call.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { file, register, rows, type Staff, staffOf } from "../testing/story.ts";
import { themesHandlers } from "./handlers.ts";
import { themesIn } from "./themes-in-text.ts";

const idOf = (n: number): string => `00000000-0000-7000-8000-0000000000${String(n).padStart(2, "0")}`;

async function opened(t: TestKernel) {
  const admin = (name: string, unit: "brigade" | "first" | "second") =>
    t.person(name, unit, [{ role: "unitAdmin" as const, unit, subtree: true }]);
  return {
    as: caller(t.kernel, { themes: themesHandlers }),
    above: await admin("甲木", "brigade"),
    first: await admin("乙木", "first"),
    second: await admin("丙木", "second"),
  };
}

/** What the ledger keeps of the words of a petition that is registered now. */
async function themesOf(
  t: TestKernel,
  s: Staff,
  filing: Parameters<typeof file>[1],
  registered: Parameters<typeof register>[3] = {},
): Promise<unknown> {
  const id = await file(t, filing);
  await register(t, s, id, registered);
  const [entry] = await rows<{ body: string }>(
    t,
    "select body from kernel.ledger where stream = $1 and type = 'case.registered'",
    [id],
  );
  expect(entry?.body).not.toContain("供暖");
  return (JSON.parse(entry?.body ?? "{}") as { facts: { themes: unknown } }).facts.themes;
}

const cold = { title: "宿舍太冷", body: "供暖一个月没有修好，领导说再等等。" };

test("a petition's own words tell its themes in both languages, by word and by stem, and nothing else is kept of them", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  expect(await themesOf(t, s, cold)).toEqual(["heating", "housing"]);
  expect(await themesOf(t, s, { title: "Cold rooms", body: "The BOILERS and ＲＡＤＩＡＴＯＲＳ are broken." })).toEqual(
    ["heating"],
  );
  expect(await themesOf(t, s, { title: "Waiting", body: "No hot water; the school place was given away." })).toEqual([
    "utilities",
    "schooling",
  ]);
  // words of a phrase that do not stand together, and characters of two words
  expect(await themesOf(t, s, { title: "Other", body: "Water the plants while it is hot. 提供暖心服务" })).toEqual([
    "heating",
  ]);
  expect(await themesOf(t, s, { title: "Other", body: "Water the plants while it is hot. 锅子，炉子" })).toEqual([]);
});

test("what is kept to few, said in a talk, kept from the unit, or about a person tells nothing", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  expect(await themesOf(t, s, { ...cold, via: "talkConverted" })).toEqual([]);
  expect(await themesOf(t, s, cold, { confidentiality: 2 })).toEqual([]);
  expect(await themesOf(t, s, cold, { respondents: [{ kind: "words", label: "连长" }] })).toEqual([]);
  expect(await themesOf(t, s, cold, { respondents: [{ kind: "person", personId: s.signer.personId }] })).toEqual([]);
  expect(await themesOf(t, s, cold, { respondents: [{ kind: "unit", unitId: t.units.second }] })).toEqual([
    "heating",
    "housing",
  ]);
  const secret = { category: "accusation", track: "accusation", confidentiality: 3 } as const;
  expect(await themesOf(t, s, cold, { ...secret, subRoute: undefined })).toEqual([]);
});

test("a unit's own words count there and below from then on; ended ones no more, and what was counted stays", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const o = await opened(t);
  const broken = { title: "三号泵房", body: "三号泵房又坏了" };
  expect(await themesOf(t, s, broken)).toEqual([]);

  const add = { unitId: t.units.brigade, theme: "utilities", id: idOf(1), word: "  三号泵房 " } as const;
  const list = await o.as(o.above).themes.add(add);
  const mine = list.find(({ theme }) => theme === "utilities")?.words.find(({ id }) => id === idOf(1));
  expect(mine).toMatchObject({ word: "三号泵房", isOwn: true, addedAt: expect.any(String) });
  // a second press
  await o.as(o.above).themes.add(add);
  expect(await rows(t, "select from kernel.theme_words where unit_id is not null")).toHaveLength(1);
  expect(await themesOf(t, s, broken)).toEqual(["utilities"]);

  // inherited, and not to be ended below
  const below = await o.as(o.first).themes.list({ unitId: t.units.first });
  expect(below.find(({ theme }) => theme === "utilities")?.words.at(-1)).toMatchObject({ id: idOf(1), isOwn: false });
  expect(await refusalOf(o.as(o.first).themes.end({ unitId: t.units.first, id: idOf(1) }))).toBe("themes.wordGone");

  const theirs = { unitId: t.units.second, theme: "pay", id: idOf(2), word: "泵房" } as const;
  await o.as(o.second).themes.add(theirs);
  expect(await themesOf(t, s, broken)).toEqual(["utilities"]);

  await o.as(o.above).themes.end({ unitId: t.units.brigade, id: idOf(1) });
  await o.as(o.above).themes.end({ unitId: t.units.brigade, id: idOf(1) });
  expect(await themesOf(t, s, broken)).toEqual([]);
  const kept = await rows<{ facts: object }>(
    t,
    "select body::json -> 'facts' as facts from kernel.ledger where type = 'theme.changed' and stream = $1 order by seq",
    [t.units.brigade],
  );
  expect(kept.map(({ facts }) => facts)).toEqual([
    { theme: "utilities", word: idOf(1), act: "added" },
    { theme: "utilities", word: idOf(1), act: "ended" },
  ]);
});

test("a word that is added while a petition is registered counts for it whole or not at all, and for all after it", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const o = await opened(t);
  for (let n = 20; n < 26; n += 1) {
    const word = `${n}号水塔`;
    const text = { title: "停水", body: `${word}坏了很久。` };
    const [found] = await Promise.all([
      themesOf(t, s, text),
      o.as(o.first).themes.add({ unitId: t.units.first, theme: "schooling", id: idOf(n), word }),
    ]);
    expect([[], ["schooling"], ["utilities"], ["utilities", "schooling"]]).toContainEqual(found);
    expect(await themesOf(t, s, text)).toContain("schooling");
  }
});

test("no word names a person, says nothing, or stands there twice; only who keeps a unit's words changes them", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const o = await opened(t);
  const add = (word: string, unitId = t.units.first) =>
    refusalOf(o.as(o.first).themes.add({ unitId, theme: "pay", id: idOf(3), word }));
  for (const word of ["乙木", "乙木的事", "13800138000", "少发１３８００１", "a@b.example"])
    expect([word, await add(word)]).toEqual([word, "themes.personal"]);
  for (const word of ["的", "the", "，。", "a", "A 钱", "''"])
    expect([word, await add(word)]).toEqual([word, "themes.noWord"]);
  // nor does it belong to another theme, in whatever form
  for (const word of ["津贴", "供暖", "Radiators"]) expect([word, await add(word)]).toEqual([word, "themes.wordTaken"]);
  expect(await add("驻岛补助", t.units.second)).toBe("unit.notFound");
  expect(await refusalOf(o.as(s.clerk).themes.list({ unitId: t.units.first }))).toBe("forbidden");
  expect(await rows(t, "select from kernel.theme_words where unit_id is not null")).toEqual([]);
});

test("the platform's words are asked for as the search asks for them, and each theme has some in both languages", async () => {
  await using t = await openTestKernel();
  const list = await rows<{ theme: string; word: string; query: string }>(
    t,
    "select theme, word, query::text as query from kernel.theme_words",
  );
  for (const theme of themes) {
    const words = list.filter((one) => one.theme === theme).map(({ word }) => word);
    expect([theme, words.filter((word) => /\p{Script=Han}/u.test(word)).length > 3]).toEqual([theme, true]);
    expect([theme, words.filter((word) => /[a-z]/.test(word)).length > 1]).toEqual([theme, true]);
  }
  for (const { word, query } of list) {
    const { han, words } = textQuery(word);
    const [asked] = await rows<{ query: string }>(
      t,
      "select case when $1 = '' then phraseto_tsquery('english', $2) else nullif($1, '')::tsquery end::text as query",
      [han, words],
    );
    expect([word, asked?.query]).toEqual([word, query]);
  }
});

test("the time it takes grows with the text, and ends where a text is too long to tell anything more", async () => {
  await using t = await openTestKernel();
  const took = async (length: number): Promise<number> => {
    const text = { title: "", body: "这里写的都是别的事情 with other words，".repeat(length / 25) };
    const times: number[] = [];
    for (let n = 0; n < 15; n++) {
      const began = performance.now();
      await themesIn(t.kernel.pool, text, { path: [t.units.first, t.units.brigade] });
      times.push(performance.now() - began);
    }
    return times.toSorted((a, b) => a - b)[2] ?? 0;
  };
  await took(1_000);
  const [short, long, longest] = [await took(1_000), await took(20_000), await took(2_000_000)];
  expect(long).toBeLessThan(Math.max(40 * short, 40));
  expect(longest).toBeLessThan(Math.max(4 * long, 40));
});
