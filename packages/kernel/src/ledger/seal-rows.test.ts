import { expect, test } from "vitest";
import { openTestKernel } from "../testing/index.ts";
import { entriesFrom } from "./seal-rows.ts";

test("entries come in the order of their transactions as numbers, across every power of ten", async () => {
  await using t = await openTestKernel();
  const stream = t.kernel.newId();
  for (const xid of ["1000", "99", "9", "100", "999", "10"])
    await t.database.pool.query(
      `insert into kernel.ledger (stream, seq, at, xid, type, actor, body, prev, hash)
       values ($1, $2, '2026-03-02', $3::xid8, 'case.received', 'system', '{}', '\\x00', '\\x00')`,
      [stream, Number(xid), xid],
    );

  const found: string[] = [];
  for await (const e of entriesFrom(t.database.pool, { epoch: 1, xid: "0" }, { page: 2 })) found.push(e.xid);

  expect(found).toEqual(["9", "10", "99", "100", "999", "1000"]);
});
