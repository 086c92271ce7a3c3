import { expect, test } from "vitest";
import { inChange } from "../change.ts";
import { noticesHandlers } from "../notices/handlers.ts";
import { execute } from "../pipeline/execute.ts";
import { caller } from "../testing/call.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, draft, inHandling, latestLetter, refusalOf, rows, staffOf } from "../testing/story.ts";
import { updateUnit } from "../units/update-unit.ts";
import { readCase } from "./read-case.ts";
import { approveReply, deliverReply, sealReply, sendBackReply } from "./reply.ts";

const now = "2026-03-02T02:00:00Z";

/** The brigade lets two people approve; the battalion says nothing of its own. */
async function waiting(t: TestKernel) {
  const s = await staffOf(t);
  await setApprovals(t, t.units.brigade, 2);
  const second = await t.person("教导员", "first", [{ role: "signer", unit: "first" }]);
  const id = await inHandling(t, s);
  await draft(t, s, id, "予以补发");
  return { s, second, id, noticeId: await latestLetter(t, id, "D14") };
}

async function setApprovals(t: TestKernel, unitId: string, replyApprovals: 1 | 2 | null): Promise<void> {
  const [unit] = await rows<{ version: number }>(t, "select version from kernel.units where id = $1", [unitId]);
  await inChange(t.kernel, "system", (change) =>
    updateUnit(change, { unitId, version: unit?.version ?? 0, replyApprovals }),
  );
}

const letter = (t: TestKernel, id: string) =>
  rows<{ state: string; number: string | null; first: string | null; approved_by: string | null }>(
    t,
    "select state, number, first_approved_by as first, approved_by from kernel.notices where id = $1",
    [id],
  ).then(([row]) => row);

test("one press approves for the first time, somebody else's seals; nobody does both, nor his own draft", async () => {
  await using t = await openTestKernel({ now });
  const { s, second, id, noticeId } = await waiting(t);
  const as = caller(t.kernel, { notices: noticesHandlers });
  const press = async (who: typeof second) => {
    const { version } = await readCase(t.kernel, s.officer, id);
    return as(who).notices.seal({ caseId: id, version, key: t.key(), noticeId });
  };
  const shown = async () => (await readCase(t.kernel, second, id)).notices.find((n) => n.id === noticeId);

  expect(await shown()).toMatchObject({ state: "submitted", firstApprovalNext: true, firstApprovedBy: null });
  await press(s.signer);
  expect(await letter(t, noticeId)).toEqual({
    state: "submitted",
    number: null,
    first: s.signer.personId,
    approved_by: null,
  });
  expect(await shown()).toMatchObject({ firstApprovalNext: false, firstApprovedBy: s.signer.name });
  // the second button of the same person is refused where it stands, and by the kernel
  const acts = (await readCase(t.kernel, s.signer, id)).acts.find((a) => a.act === "seal");
  expect(acts?.refusals.map((r) => r.code)).toEqual(["second.samePerson"]);
  expect(await press(s.signer).catch((error: { cause?: unknown }) => error.cause)).toMatchObject({
    reasons: [{ code: "second.samePerson" }],
  });
  await press(second);
  expect(await letter(t, noticeId)).toMatchObject({ state: "sealed", approved_by: second.personId });
  expect(
    (
      await rows<{ type: string }>(
        t,
        "select type from kernel.ledger where stream = $1 and type in ('notice.approved', 'notice.sealed') order by seq",
        [id],
      )
    ).map((e) => e.type),
  ).toEqual(["notice.approved", "notice.sealed"]);
});

test("nothing is sealed past the first approval, none counts twice, and only a signer gives it", async () => {
  await using t = await openTestKernel({ now });
  const { s, second, id, noticeId } = await waiting(t);
  const on = (who: typeof second) => byPerson(t, id, who);
  expect(await refusalOf(execute(t.kernel, sealReply, on(s.signer), { noticeId }))).toEqual(["notice.state"]);
  expect(await refusalOf(execute(t.kernel, approveReply, on(s.officer), { noticeId }))).toEqual(["forbidden"]);
  await execute(t.kernel, approveReply, on(s.signer), { noticeId });
  expect(await refusalOf(execute(t.kernel, approveReply, on(second), { noticeId }))).toEqual(["notice.state"]);
});

test("sent back or drafted anew, the first approval is gone with the text it was given to", async () => {
  await using t = await openTestKernel({ now });
  const { s, second, id, noticeId } = await waiting(t);
  await execute(t.kernel, approveReply, byPerson(t, id, s.signer), { noticeId });
  await execute(t.kernel, sendBackReply, byPerson(t, id, second), { noticeId, reason: "金额再核" });
  expect(await letter(t, noticeId)).toMatchObject({ state: "draft", first: null });
  await draft(t, s, id, "予以补发三个月");
  expect(await letter(t, noticeId)).toMatchObject({ state: "submitted", first: null });
  await execute(t.kernel, approveReply, byPerson(t, id, second), { noticeId });
  await draft(t, s, id, "予以补发四个月");
  expect(await letter(t, noticeId)).toMatchObject({ state: "submitted", first: null });
});

test("a unit's own word goes before the one above; with one approval the first press seals", async () => {
  await using t = await openTestKernel({ now });
  const { s, id, noticeId } = await waiting(t);
  await setApprovals(t, t.units.first, 1);
  expect(await refusalOf(execute(t.kernel, approveReply, byPerson(t, id, s.signer), { noticeId }))).toEqual([
    "notice.state",
  ]);
  await execute(t.kernel, sealReply, byPerson(t, id, s.signer), { noticeId });
  expect(await letter(t, noticeId)).toMatchObject({ state: "sealed" });
  const proof = { noticeId, method: "portal" as const, receivedOn: null, proof: "" };
  await execute(t.kernel, deliverReply, byPerson(t, id, s.officer), proof);
});

test("where the petition office has a head he approves first, then a leader seals; neither in the other's place", async () => {
  await using t = await openTestKernel({ now });
  const { s, second, id, noticeId } = await waiting(t);
  const head = await t.person("信访科长", "first", [{ role: "officeHead", unit: "first" }]);
  const on = (who: typeof second) => byPerson(t, id, who);
  const sealRefusals = async (who: typeof second) =>
    (await readCase(t.kernel, who, id)).acts.find((a) => a.act === "seal")?.refusals.map((r) => r.code);

  expect(await refusalOf(execute(t.kernel, approveReply, on(s.signer), { noticeId }))).toEqual(["approval.headFirst"]);
  expect(await sealRefusals(s.signer)).toEqual(["approval.headFirst"]);
  expect(await sealRefusals(head)).toEqual([]);
  await execute(t.kernel, approveReply, on(head), { noticeId });
  expect(await letter(t, noticeId)).toMatchObject({ state: "submitted", first: head.personId });
  expect(await sealRefusals(head)).toEqual(["second.samePerson"]);
  expect(await sealRefusals(s.signer)).toEqual([]);
  const other = await t.person("副科长", "first", [{ role: "officeHead", unit: "first" }]);
  expect(await sealRefusals(other)).toEqual(["approval.leaderOnly"]);
  expect(await refusalOf(execute(t.kernel, sealReply, on(other), { noticeId }))).toEqual(["forbidden"]);
  await execute(t.kernel, sealReply, on(s.signer), { noticeId });
  expect(await letter(t, noticeId)).toMatchObject({ state: "sealed", approved_by: s.signer.personId });
});

test("a head who may not act here keeps no letter waiting; with one approval he gives none, but sends back", async () => {
  await using t = await openTestKernel({ now });
  const { s, second, id, noticeId } = await waiting(t);
  const head = await t.person("信访科长", "first", [{ role: "officeHead", unit: "first" }]);
  const on = (who: typeof second) => byPerson(t, id, who);
  await execute(t.kernel, sendBackReply, on(head), { noticeId, reason: "再核" });
  await draft(t, s, id, "予以补发三个月");
  await t.database.pool.query("update kernel.notices set drafted_by = $2 where id = $1", [noticeId, head.personId]);
  expect(await refusalOf(execute(t.kernel, approveReply, on(head), { noticeId }))).toEqual(["second.samePerson"]);
  await execute(t.kernel, approveReply, on(s.signer), { noticeId });
  await execute(t.kernel, sealReply, on(second), { noticeId });

  const later = await inHandling(t, s);
  await setApprovals(t, t.units.first, 1);
  await draft(t, s, later, "予以补发");
  const one = await latestLetter(t, later, "D14");
  const refusals = (await readCase(t.kernel, head, later)).acts.find((a) => a.act === "seal")?.refusals;
  expect(refusals?.map((r) => r.code)).toEqual(["approval.leaderOnly"]);
  expect(await refusalOf(execute(t.kernel, sealReply, byPerson(t, later, head), { noticeId: one }))).toEqual([
    "forbidden",
  ]);
});
