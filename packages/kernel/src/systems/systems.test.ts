import type { SystemScope } from "@doorstep/contracts";
import { expect, test } from "vitest";
import { readCase } from "../cases/read-case.ts";
import { writeMessage } from "../cases/thread.ts";
import { ledgerHandlers } from "../ledger/handlers.ts";
import { execute } from "../pipeline/execute.ts";
import { caller, refusalOf } from "../testing/call.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPetitioner, file, rows, staffOf } from "../testing/story.ts";
import { findSystem } from "./find-system.ts";
import { systemsHandlers } from "./handlers.ts";

async function administrators(t: TestKernel) {
  const admin = (name: string) =>
    t.person(name, "brigade", [
      { role: "platformAdmin", unit: "brigade", subtree: true },
      { role: "auditor", unit: "brigade", subtree: true },
    ]);
  const as = caller(t.kernel, { systems: systemsHandlers, ledger: ledgerHandlers });
  const below = await t.person("营管理员", "first", [{ role: "unitAdmin", unit: "first", subtree: true }]);
  return { first: as(await admin("甲")), second: as(await admin("乙")), below: as(below) };
}

const connected = (t: TestKernel, scopes: readonly SystemScope[], name = "政工网") => ({
  name,
  why: "按周汇总",
  unitId: t.units.first,
  scopes: [...scopes],
});

test("a system that reaches what people wrote waits for a second administrator; one that reads the tree does not", async () => {
  await using t = await openTestKernel();
  const { first, second, below } = await administrators(t);
  for (const call of [
    () => below.systems.list({}),
    () => below.systems.add(connected(t, ["units.read"])),
    () => below.systems.revokeToken({ tokenId: t.units.first }),
  ])
    expect(await refusalOf(call())).toBe("forbidden");

  const [plain] = await first.systems.add(connected(t, ["units.read", "units.read"]));
  expect(plain).toMatchObject({ state: "active", scopes: ["units.read"], unit: { id: t.units.first }, tokens: [] });
  expect(await refusalOf(first.systems.add(connected(t, ["units.read"])))).toBe("system.nameTaken");

  const added = await first.systems.add(connected(t, ["cases.read"], "督查系统"));
  const reading = added.find(({ name }) => name === "督查系统");
  if (!reading) throw new Error("no system");
  expect(reading).toMatchObject({ state: "waiting", mayConfirm: false });
  const issue = { systemId: reading.id, until: "2026-04-01" };
  expect(await refusalOf(first.systems.issueToken(issue))).toBe("system.needsSecond");
  expect(await refusalOf(first.systems.confirm({ systemId: reading.id }))).toBe("system.needsSecond");
  expect(await second.systems.list({})).toContainEqual(expect.objectContaining({ id: reading.id, mayConfirm: true }));
  await second.systems.confirm({ systemId: reading.id });
  expect(await refusalOf(second.systems.confirm({ systemId: reading.id }))).toBe("system.notFound");
  expect((await first.systems.issueToken(issue)).token).toMatch(/^dst_[\w-]{43}$/);
  expect(await refusalOf(first.systems.add({ ...connected(t, ["units.read"], "三"), unitId: t.kernel.newId() }))).toBe(
    "unit.notFound",
  );
});

test("a token is shown once, kept as a hash, counts to its last day at the unit, and no longer than a year", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const { first } = await administrators(t);
  const [system] = await first.systems.add(connected(t, ["units.read"]));
  if (!system) throw new Error("no system");
  for (const until of ["2026-03-01", "2027-03-04"])
    expect(await refusalOf(first.systems.issueToken({ systemId: system.id, until }))).toBe("system.tokenUntil");
  const { token } = await first.systems.issueToken({ systemId: system.id, until: "2026-03-03" });
  expect(JSON.stringify(await rows(t, "select * from kernel.system_tokens"))).not.toContain(token.slice(4));
  const find = (typed: string) => findSystem(t.kernel, typed, t.kernel.now());

  expect(await find(`${token}x`)).toBeUndefined();
  expect((await find(token))?.actor).toMatchObject({ personId: system.id, isSystem: true, reach: [] });
  const [used] = await first.systems.list({});
  expect(used?.tokens).toMatchObject([{ lastUsedOn: "2026-03-02", state: "valid", until: "2026-03-03" }]);
  // 23:59 of the last day in the unit's zone, then its midnight
  t.clock.now = new Date("2026-03-03T15:59:00Z");
  expect(await find(token)).toBeDefined();
  t.clock.now = new Date("2026-03-03T16:00:00Z");
  expect(await find(token)).toBeUndefined();
  const [over] = await first.systems.list({});
  expect(over?.tokens).toMatchObject([{ state: "expired" }]);
});

test("a revoked token, an ended system and a unit that is gone let nobody in; the ledger says who did it", async () => {
  await using t = await openTestKernel();
  const { first } = await administrators(t);
  const [system] = await first.systems.add(connected(t, ["units.read"]));
  if (!system) throw new Error("no system");
  const issue = async () => {
    const { token, systems } = await first.systems.issueToken({ systemId: system.id, until: "2026-04-01" });
    return { token, id: systems.find(({ id }) => id === system.id)?.tokens[0]?.id ?? "" };
  };
  const [one, two, three] = [await issue(), await issue(), await issue()];
  const find = (token: string) => findSystem(t.kernel, token, t.kernel.now());

  await first.systems.revokeToken({ tokenId: one.id });
  expect(await find(one.token)).toBeUndefined();
  expect(await find(two.token)).toBeDefined();
  expect(await refusalOf(first.systems.revokeToken({ tokenId: one.id }))).toBe("system.notFound");

  await t.database.pool.query("update kernel.units set valid_until = '2026-03-01' where id = $1", [t.units.first]);
  expect(await find(two.token)).toBeUndefined();
  await t.database.pool.query("update kernel.units set valid_until = null where id = $1", [t.units.first]);

  await first.systems.end({ systemId: system.id, why: "合同到期" });
  expect(await find(three.token)).toBeUndefined();
  expect(await refusalOf(first.systems.issueToken({ systemId: system.id, until: "2026-04-01" }))).toBe(
    "system.notFound",
  );
  // its name is free again
  await first.systems.add(connected(t, ["units.read"]));
  const { items } = await first.ledger.page({ stream: t.units.first });
  expect(items.map(({ type, facts }) => [type, facts.act])).toEqual([
    ["system.changed", "added"],
    ["system.changed", "ended"],
    ["system.changed", "tokenRevoked"],
    ...Array.from({ length: 3 }, () => ["system.changed", "tokenMade"]),
    ["system.changed", "added"],
  ]);
});

test("what a petitioner wrote stays unread when a system reads it: no person of the office has", async () => {
  await using t = await openTestKernel();
  const { officer } = await staffOf(t);
  const id = await file(t);
  await execute(t.kernel, writeMessage, byPetitioner(t, id), { text: "补充", visibility: "petitioner", fileIds: [] });
  const unread = () =>
    rows(t, "select from kernel.messages where case_id = $1 and author = 'petitioner' and read_at is null", [id]);
  await readCase(t.kernel, { ...officer, isSystem: true }, id);
  expect(await unread()).toHaveLength(1);
  await readCase(t.kernel, officer, id);
  expect(await unread()).toHaveLength(0);
});
