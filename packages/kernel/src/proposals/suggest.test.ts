import { expect, test } from "vitest";
import { extendHandling } from "../cases/extend.ts";
import { casesHandlers } from "../cases/handlers.ts";
import { readCase } from "../cases/read-case.ts";
import { registerCase } from "../cases/register.ts";
import { execute } from "../pipeline/execute.ts";
import { caller } from "../testing/call.ts";
import { openTestKernel } from "../testing/index.ts";
import { byPerson, claim, file, inHandling, staffOf } from "../testing/story.ts";
import { suggestAct } from "./suggest-act.ts";

const what = { pluginId: "watch", title: { "zh-CN": "督促", en: "Watch" }, act: "T15", why: "zebrafinch 还没回信" };

test("a module suggests an act with its reason; who may do it does it by its own form, and then it waits no more", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await inHandling(t, s);

  await suggestAct(t.kernel, { by: s.handler, unitId: t.units.first }, id, what);

  const seen = await readCase(t.kernel, s.officer, id);
  expect(seen.proposals).toMatchObject([
    {
      act: "extend",
      module: what.title,
      by: { id: s.handler.personId },
      input: { why: what.why },
      confirm: null,
      mayDecline: true,
    },
  ]);
  expect(seen.state).toBe("inHandling");
  await expect(suggestAct(t.kernel, { by: s.officer, unitId: t.units.first }, id, what)).rejects.toMatchObject({
    reasons: [{ code: "proposal.waiting" }],
  });
  await execute(t.kernel, extendHandling, byPerson(t, id, s.signer), { days: 5, reason: "等待外单位回信" } as never);
  expect((await readCase(t.kernel, s.officer, id)).proposals).toEqual([]);
  const { rows } = await t.database.pool.query("select state, decided_by from kernel.proposals");
  expect(rows).toEqual([{ state: "confirmed", decided_by: s.signer.personId }]);
  const ledger = await t.database.pool.query("select body from kernel.ledger where type = 'proposal.made'");
  expect(JSON.stringify(ledger.rows)).toMatch(/watch/);
  expect(JSON.stringify(ledger.rows)).not.toMatch(/zebrafinch/);
});

test("the kernel's guards are asked at once: what is not open now, or for a person alone, is not suggested", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await inHandling(t, s);
  const suggest = (act: string, actor = s.handler) =>
    suggestAct(t.kernel, { by: actor, unitId: t.units.first }, id, { ...what, act });

  await expect(suggest("archive")).rejects.toMatchObject({ reasons: [{ code: "act.state" }] });
  await expect(suggest("deliver")).rejects.toMatchObject({ code: "act.refused" });
  for (const act of ["T2", "register", "T1", "T20", "constructor", ""])
    await expect(suggest(act)).rejects.toMatchObject({ code: "proposal.actUnknown" });
  const custodian = await t.person("保管", "first", [{ role: "custodian", unit: "first" }]);
  const stranger = await t.person("外人", "second", [{ role: "officer", unit: "second" }]);
  await expect(suggest("T15", custodian)).rejects.toMatchObject({ code: "forbidden" });
  await expect(suggest("T15", stranger)).rejects.toMatchObject({ code: "case.notFound" });
  await t.database.pool.query("update kernel.cases set confidentiality = 3 where id = $1", [id]);
  await t.database.pool.query("update kernel.case_audience set conf = 1 where case_id = $1", [id]);
  await expect(suggest("T15")).rejects.toMatchObject({ code: "case.notFound" });
});

test("who does not take it up says why; sealed with an organ it stays a sealed word", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const { cases } = caller(t.kernel, { cases: casesHandlers })(s.officer);
  const id = await file(t);
  await execute(t.kernel, registerCase, byPerson(t, id, s.clerk), claim as never);
  await suggestAct(t.kernel, { by: s.clerk, unitId: t.units.first }, id, { ...what, act: "accept" });
  const [one] = (await cases.get({ caseId: id })).proposals;
  const decide = async (reason: string, confirm = false) =>
    cases.decideProposal({
      caseId: id,
      version: (await cases.get({ caseId: id })).version,
      key: t.key(),
      proposalId: one?.id ?? "",
      confirm,
      reason,
    });

  await expect(decide("", true)).rejects.toMatchObject({ cause: { code: "proposal.notFound" } });
  await expect(decide("")).rejects.toMatchObject({ cause: { reasons: [{ code: "proposal.reasonMissing" }] } });
  await decide("先核实情况");

  expect((await cases.get({ caseId: id })).proposals).toEqual([]);
  const fresh = await file(t);
  await suggestAct(t.kernel, { by: s.clerk, unitId: t.units.first }, fresh, { ...what, act: "guide" });
  const accusation = { ...claim, category: "accusation", track: "accusation", subRoute: null, confidentiality: 3 };
  await execute(t.kernel, registerCase, byPerson(t, fresh, s.clerk), accusation as never);
  const { rows } = await t.database.pool.query("select input from kernel.proposals where case_id = $1", [fresh]);
  expect(JSON.stringify(rows)).not.toMatch(/zebrafinch/);
  const organ = await t.person("纪检", "brigade", [{ role: "discipline", unit: "brigade" }]);
  expect((await readCase(t.kernel, organ, fresh)).proposals).toMatchObject([{ input: { why: what.why } }]);
});

test("by itself a module suggests at petitions of its unit and below, in nobody's name", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await inHandling(t, s);

  await suggestAct(t.kernel, { by: null, unitId: t.units.brigade }, id, what);

  const { proposals } = await readCase(t.kernel, s.officer, id);
  expect(proposals).toMatchObject([{ act: "extend", module: what.title, by: null, mayDecline: true }]);
  await expect(suggestAct(t.kernel, { by: null, unitId: t.units.second }, id, what)).rejects.toMatchObject({
    code: "case.notFound",
  });
  await execute(t.kernel, extendHandling, byPerson(t, id, s.signer), { days: 5, reason: "等待外单位回信" } as never);
  expect((await readCase(t.kernel, s.officer, id)).proposals).toEqual([]);
});
