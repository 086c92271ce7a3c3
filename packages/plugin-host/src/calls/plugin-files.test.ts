import { expect, test } from "vitest";
import { openTestHost } from "../testing/index.ts";
import { pluginFiles, tidyPluginFiles } from "./plugin-files.ts";

const words = Buffer.from("a register with the names of petitioners");
const DAY_MS = 86_400_000;

async function open() {
  const at = await openTestHost({ sources: [] });
  let now = new Date("2026-03-02T02:00:00Z");
  const kernel = { ...at.test.kernel, now: () => now };
  return {
    kernel,
    at,
    wait: (days: number) => {
      now = new Date(now.getTime() + days * DAY_MS);
    },
    box: pluginFiles("box", kernel).files,
    rows: async () =>
      (await at.test.database.pool.query<{ id: string; bytes: Buffer }>("select id, bytes from kernel.plugin_file"))
        .rows,
    [Symbol.asyncDispose]: () => at[Symbol.asyncDispose](),
  };
}

test("a plugin's file lies encrypted, and only that plugin gets it back", async () => {
  await using o = await open();

  const id = await o.box.put(words);

  const [row] = await o.rows();
  expect(row?.bytes.includes("petitioners")).toBe(false);
  expect(Buffer.from((await o.box.get(id)) ?? [])).toEqual(words);
  expect(await pluginFiles("other", o.kernel).files.get(id)).toBeNull();
  const other = await o.box.put(Buffer.from("another"));
  await o.at.test.database.pool.query(
    "update kernel.plugin_file t set bytes = s.bytes, dek = s.dek from kernel.plugin_file s where t.id = $1 and s.id = $2",
    [other, id],
  );
  await expect(o.box.get(other)).rejects.toThrow();
});

test("a file nobody has used for a month is forgotten; one that is read stays", async () => {
  await using o = await open();
  const [left, read] = [await o.box.put(words), await o.box.put(words)];

  o.wait(20);
  await o.box.get(read);
  await tidyPluginFiles(o.kernel);
  expect(await o.rows()).toHaveLength(2);
  o.wait(11);
  await tidyPluginFiles(o.kernel);

  expect((await o.rows()).map((row) => row.id)).toEqual([read]);
  expect(await o.box.get(left)).toBeNull();
});

test("what an earlier version left open is read, and sealed by the tidying", async () => {
  await using o = await open();
  const id = o.kernel.newId();
  await o.at.test.database.pool.query(
    "insert into kernel.plugin_file (plugin_id, id, bytes, at, used_at) values ('box', $1, $2, $3, $3)",
    [id, words, o.kernel.now()],
  );
  expect(Buffer.from((await o.box.get(id)) ?? [])).toEqual(words);

  await tidyPluginFiles(o.kernel);

  expect((await o.rows())[0]?.bytes.includes("petitioners")).toBe(false);
  expect(Buffer.from((await o.box.get(id)) ?? [])).toEqual(words);
});
