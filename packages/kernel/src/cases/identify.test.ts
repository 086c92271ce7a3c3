import { expect, test } from "vitest";
import { readPetitionerCase } from "../intake/petitioner-case.ts";
import { execute } from "../pipeline/execute.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, byPetitioner, file, inHandling, refusalOf, rows, staffOf } from "../testing/story.ts";
import { openIdentity } from "../vault/open-identity.ts";
import { identifyLater } from "./identify.ts";

const petitioner = { name: "赵强", kind: "conscript", contact: "13800000000", filingFor: "self" } as const;
const said = { anonymity: "named", petitioner } as const;

const entries = (t: TestKernel, caseId: string) =>
  rows<{ type: string; actor: string; at: string; anonymity: string | null }>(
    t,
    `select type, actor, body::jsonb ->> 'at' as at, body::jsonb -> 'facts' ->> 'anonymity' as anonymity
       from kernel.ledger where stream = $1 and type in ('case.received', 'case.identified') order by seq`,
    [caseId],
  );

test("whoever wrote anonymously says later who he is, from then on; what stood before stays as it was", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const caseId = await inHandling(t, s);
  expect(await refusalOf(openIdentity(t.kernel, byPerson(t, caseId, s.officer), "核对"))).toEqual(["vault.nothing"]);
  const filedAt = t.clock.now.toISOString();
  t.clock.advance({ days: 3 });
  expect((await readPetitionerCase(t.kernel, caseId)).acts).toContainEqual({ act: "identify", refusals: [] });
  const on = byPetitioner(t, caseId);
  await execute(t.kernel, identifyLater, on, said);
  // the same press again writes nobody twice
  await execute(t.kernel, identifyLater, on, said);
  expect(await rows(t, "select 1 from kernel.party_links where case_id = $1", [caseId])).toHaveLength(1);

  expect(await openIdentity(t.kernel, byPerson(t, caseId, s.officer), "核对工资卡")).toMatchObject({ name: "赵强" });
  expect(await entries(t, caseId)).toEqual([
    { type: "case.received", actor: "anonymous", at: filedAt, anonymity: "anonymous" },
    { type: "case.identified", actor: "petitioner", at: t.clock.now.toISOString(), anonymity: "named" },
  ]);
  const own = await readPetitionerCase(t.kernel, caseId);
  expect(own.anonymity).toBe("named");
  expect(own.history.map((h) => h.text.en)).toContain("You said who you are");
  expect(await refusalOf(execute(t.kernel, identifyLater, byPetitioner(t, caseId), said))).toEqual(["identity.known"]);
});

test("said to the custodian alone it stays closed to the office", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const caseId = await inHandling(t, s);
  await execute(t.kernel, identifyLater, byPetitioner(t, caseId), { ...said, anonymity: "confidential" });
  expect(await refusalOf(openIdentity(t.kernel, byPerson(t, caseId, s.officer), "核对"))).toEqual(["vault.second"]);
});

test("nobody says it for him", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const caseId = await file(t);
  for (const who of [s.clerk, s.officer])
    expect(await refusalOf(execute(t.kernel, identifyLater, byPerson(t, caseId, who), said))).toEqual(["forbidden"]);
  expect(await rows(t, "select 1 from vault.persons")).toEqual([]);
});
