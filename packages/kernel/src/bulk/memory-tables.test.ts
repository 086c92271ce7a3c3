import type { Pool } from "pg";
import { expect, test } from "vitest";
import { copyLine, copyTables } from "./copy-rows.ts";
import { createMemoryPool } from "./memory-pool.ts";
import { MemoryTables } from "./memory-tables.ts";

const kase = (id: string, case_no: string) => ({ id, case_no, version: 1, status: "received" });

test("a change of an older version is refused and writes nothing", () => {
  const tables = new MemoryTables();
  tables.apply({ cases: [kase("a", "2026-AAAAAA-A")] });
  tables.apply({ patch: [{ id: "a", version: 1, status: "registered" }] });

  const stale = { patch: [{ id: "a", version: 1, status: "routed" }], messages: [{ id: "m", case_id: "a" }] };
  expect(() => tables.apply(stale)).toThrow(expect.objectContaining({ code: "DS409" }));
  expect(tables.rows("cases")).toMatchObject([{ status: "registered", version: 2 }]);
  expect(tables.rows("messages")).toEqual([]);
});

test("a number is drawn once a year, over all cases", () => {
  const tables = new MemoryTables();
  tables.apply({ cases: [kase("a", "2026-AAAAAA-A")] });
  tables.take();
  expect(() => tables.apply({ cases: [kase("b", "2026-AAAAAA-A")] })).toThrow(
    expect.objectContaining({ code: "23505", constraint: "cases_case_no_key" }),
  );
  tables.apply({ cases: [kase("b", "2027-AAAAAA-A")] });
  expect(tables.rows("cases")).toHaveLength(1);
});

test("a question that the memory of a case does not know is an error, never a guess", async () => {
  const real = { query: () => Promise.reject(new Error("reached the database")) } as unknown as Pool;
  const { pool } = createMemoryPool(real);
  await expect(pool.query("select count(*) from kernel.cases")).rejects.toThrow("cannot answer");
  await expect(pool.query("update kernel.units set name_zh = ''")).rejects.toThrow("cannot answer");
  await expect(pool.query("select 1 from kernel.units where id = $1", ["x"])).rejects.toThrow("reached the database");
});

test("a line of a copy keeps tabs, line ends and backslashes of the text", () => {
  const row = { id: "1", text: "a\tb\nc\\d\r", read_at: null };
  expect(copyLine(["id", "text", "read_at"], row)).toBe("1\ta\\tb\\nc\\\\d\\r\t\\N\n");
  expect(copyTables.find(({ table }) => table === "kernel.notices")?.columns).toContain("sent_back_reason");
});
