import { join } from "node:path";
import { definePlugin } from "@doorstep/sdk";
import { type DatasetRow, pluginServer } from "@doorstep/sdk/server";
import { createTestHost, type TestHost } from "@doorstep/sdk/test";
import { afterAll, beforeAll, expect, test } from "vitest";
import server from "./server.ts";

const title = { "zh-CN": "答复", en: "Replies" };
/** What is counted, by month; set before the month is released. */
const counts = new Map<string, readonly DatasetRow[]>();
const counting = pluginServer(
  definePlugin({ id: "counting", title, purpose: title, sdk: "^1.0.0", capabilities: [], permissions: {} }),
  {
    datasets: {
      replies: {
        title,
        dimensions: { way: { title: { "zh-CN": "渠道", en: "Way" }, values: { portal: title, letter: title } } },
        measures: { inTime: { "zh-CN": "按期", en: "In time" } },
        live: (_ctx, { month }) => counts.get(month) ?? null,
      },
    },
  },
);

let host: TestHost<typeof server>;
const DATASET = "counting/replies";
const JANUARY = { dataset: DATASET, from: "2026-01", to: "2026-01" } as const;
const rows = (count: number): readonly DatasetRow[] => [
  { unitId: host.units.first.id, count, values: { way: "portal" }, measures: { inTime: count - 8 } },
  { unitId: host.units.first.id, count: 2, values: { way: "letter" }, measures: { inTime: 2 } },
];
const refused = (reason: string) => ({ data: { code: "module.refused", params: { reason } } });
const head = () => host.as("officeHead");
const anybody = () => host.as(null);
const seriesId = async (): Promise<string> => (await anybody().published.query())[0]?.seriesId ?? "";

beforeAll(async () => {
  host = await createTestHost(server, {
    ...{ root: join(import.meta.dirname, ".."), now: "2026-01-05T02:00:00.000Z", beside: [counting] },
  });
  counts.set("2026-01", rows(30));
  await host.advance({ days: 40 });
}, 60_000);
afterAll(() => host[Symbol.asyncDispose]());

test("nothing is public before a person of the unit has published it", async () => {
  expect(await anybody().published.query()).toEqual([]);
  const [choice] = await head().choices.query();
  expect(choice).toMatchObject({ dataset: DATASET, title, versions: [] });
  const { cells } = await head().preview.query(JANUARY);
  expect(cells.length).toBeGreaterThan(0);
  expect(await anybody().published.query()).toEqual([]);
});

test("what is published is what was released, hidden numbers stay hidden", async () => {
  const pressed = await Promise.allSettled([head().publish.mutate(JANUARY), head().publish.mutate(JANUARY)]);
  expect(pressed.find((one) => one.status === "fulfilled")).toMatchObject({ value: { version: 1 } });
  expect(pressed.find((one) => one.status === "rejected")).toMatchObject({ reason: refused("same") });

  const [listed] = await anybody().published.query();
  expect(listed).toMatchObject({ title, from: "2026-01", to: "2026-01", version: 1, unit: host.units.brigade.name });
  const { shown } = await anybody().one.query({ seriesId: await seriesId() });
  const first = shown?.content.cells.filter((one) => one.unit === host.units.first.code && one.scope === "all") ?? [];
  expect(first.find((one) => one.kind === "total")).toMatchObject({ month: "2026-01", release: 1, count: 32 });
  expect(first.find((one) => one.value === "letter")).toMatchObject({ name: "way", count: null });
  const kept = await host.kernelSql(
    `select r.unit_id, r.own, r.total from kernel.figure_rows r join kernel.figure_releases f on f.id = r.release_id
      where f.dataset = $1`,
    [DATASET],
  );
  for (const { code, id } of [host.units.brigade, host.units.first])
    for (const row of kept.filter((one) => one.unit_id === id && (one.own === false || id === host.units.brigade.id)))
      expect(shown?.content.cells).toContainEqual(
        expect.objectContaining({ unit: code, kind: "total", scope: row.own ? "own" : "all", count: row.total }),
      );
});

test("everybody takes it as CSV and as JSON, with a dictionary that explains every code", async () => {
  const id = await seriesId();
  const [csv, json, dictionary] = await Promise.all(
    (["csv", "json", "dictionary"] as const).map((format) => anybody().file.query({ seriesId: id, format })),
  );
  const lines = csv?.text.trim().split("\r\n") ?? [];
  const read = JSON.parse(json?.text ?? "");
  expect(lines[0]).toBe('"month","release","releasedOn","unit","scope","kind","name","value","count"');
  expect(lines).toHaveLength(read.rows.length + 1);
  expect(lines).toContain(
    `"2026-01","1","${read.rows[0].releasedOn}","${host.units.first.code}","all","dimension","way","letter",""`,
  );
  expect(read).toMatchObject({ dataset: DATASET, version: 1, dictionary: { columns: expect.any(Array) } });
  const codes = new Set(read.dictionary.codes.map((one: { code: string }) => one.code));
  for (const { unit, name } of read.rows) for (const code of [unit, name]) if (code) expect(codes).toContain(code);
  expect(dictionary?.text).toContain('"value","way","letter","答复","Replies"');
});

test("programs get the same files at plain addresses, and are told when they have them already", async () => {
  const id = await seriesId();
  const listed = await host.visit("files/index.json");
  const index = await listed.json();
  expect(index.published).toEqual([
    expect.objectContaining({ ...{ seriesId: id, title, version: 1 }, newest: `${id}/figures.json` }),
  ]);
  for (const { name, path } of index.published[0].files) {
    const format = { "figures.csv": "csv", "figures.json": "json", "dictionary.csv": "dictionary" }[
      name as "figures.csv"
    ];
    const file = await anybody().file.query({ seriesId: id, format: format as "csv" });
    const got = await host.visit(`files/${path}`);
    const newest = await host.visit(`files/${id}/${name}`, { at: "second" });
    expect(Buffer.from(await got.arrayBuffer()).toString()).toBe(file.text);
    expect(newest.headers.get("etag")).toBe(got.headers.get("etag"));
    expect(got.headers.get("content-type")).toBe(`${file.type}; charset=utf-8`);
    expect(got.headers.get("content-disposition")).toBe(`attachment; filename*=UTF-8''${file.fileName}`);
    expect(Date.parse(got.headers.get("last-modified") ?? "")).toBe(Date.parse("2026-02-14T02:00:00.000Z"));
    const again = await host.visit(`files/${path}`, { headers: { "if-none-match": got.headers.get("etag") ?? "" } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  }
  for (const path of ["", "/x", `/${id}`, `/${id}/figures.html`, `/${id}/figures.csv/v0`, `/${id}/figures.csv/v1/x`])
    expect([path, (await host.visit(`files${path}`)).status]).toEqual([path, 404]);
  expect((await host.visit(`files/${id}/figures.csv/v9`)).status).toBe(410);
});

test("unchanged figures are not published twice; a correction is a version of its own, and the old one stays", async () => {
  await expect(head().publish.mutate(JANUARY)).rejects.toMatchObject(refused("same"));
  counts.set("2026-01", rows(60));
  counts.set("2026-02", rows(40));
  await host.advance({ days: 28 });

  const before = await anybody().one.query({ seriesId: await seriesId() });
  expect(before.shown?.content.cells.every((one) => one.release === 1)).toBe(true);
  expect(await head().publish.mutate({ ...JANUARY, to: "2026-02" })).toEqual({ version: 2 });
  const now = await anybody().one.query({ seriesId: await seriesId() });
  expect(now.shown).toMatchObject({ version: 2, to: "2026-02" });
  expect(now.shown?.content.cells.find((one) => one.month === "2026-01")?.release).toBe(2);
  const old = await anybody().one.query({ seriesId: await seriesId(), version: 1 });
  expect(old.shown?.content).toEqual(before.shown?.content);
});

test("what is withdrawn is gone, and that it was there and why it is gone is said", async () => {
  const id = await seriesId();
  const [choice] = await head().choices.query();
  const newest = choice?.versions[0]?.id ?? "";
  await head().withdraw.mutate({ id: newest, why: "月份选错了" });

  const { shown, versions } = await anybody().one.query({ seriesId: id });
  expect(shown?.version).toBe(1);
  expect(versions[0]).toMatchObject({ version: 2, why: "月份选错了", withdrawnAt: expect.any(String) });
  expect((await anybody().one.query({ seriesId: id, version: 2 })).shown).toBeNull();
  await expect(anybody().file.query({ seriesId: id, version: 2, format: "csv" })).rejects.toMatchObject(
    refused("notFound"),
  );
  expect((await host.visit(`files/${id}/figures.csv/v2`)).status).toBe(410);
  expect(await (await host.visit(`files/${id}/figures.json`)).json()).toMatchObject({ version: 1 });
  expect(await host.sql("select content from p_open_data.publications where version = 2")).toEqual([{ content: null }]);
  await expect(head().withdraw.mutate({ id: newest, why: "再来一次" })).rejects.toMatchObject(refused("notFound"));

  await head().withdraw.mutate({ id: choice?.versions[1]?.id ?? "", why: "不再公开" });
  expect(await anybody().published.query()).toEqual([]);
  expect((await anybody().one.query({ seriesId: id })).shown).toBeNull();
  expect((await host.visit(`files/${id}/figures.json`)).status).toBe(410);
  expect(await (await host.visit("files/index.json")).json()).toEqual({ published: [] });
  // what comes after goes on counting
  expect(await head().publish.mutate(JANUARY)).toEqual({ version: 3 });
  expect(await seriesId()).toBe(id);
});

test("what was not released, and what nobody counts, is not published", async () => {
  await expect(head().publish.mutate({ ...JANUARY, from: "2026-04", to: "2026-04" })).rejects.toMatchObject(
    refused("nothing"),
  );
  await expect(head().publish.mutate({ ...JANUARY, dataset: "nobody/nothing" })).rejects.toMatchObject(
    refused("notFound"),
  );
  await expect(head().publish.mutate({ ...JANUARY, from: "2026-02" })).rejects.toMatchObject({
    data: { code: "input.invalid" },
  });
  await expect(anybody().one.query({ seriesId: crypto.randomUUID() })).rejects.toMatchObject(refused("notFound"));
});

test("only who may publish at the unit publishes and withdraws, and only his own unit's", async () => {
  const [choice] = await head().choices.query();
  const id = choice?.versions[0]?.id ?? "";
  for (const role of ["officer", null] as const)
    for (const call of [
      () => host.as(role).publish.mutate(JANUARY),
      () => host.as(role).preview.query(JANUARY),
      () => host.as(role).choices.query(),
      () => host.as(role).withdraw.mutate({ id, why: "不该公开" }),
    ])
      await expect(call()).rejects.toMatchObject({ data: { code: role ? "forbidden" : "unauthorized" } });
  await expect(host.as("officeHead", "second").withdraw.mutate({ id, why: "不该公开" })).rejects.toMatchObject(
    refused("notFound"),
  );
  expect((await anybody().published.query())[0]).toMatchObject({ version: 3 });
});
