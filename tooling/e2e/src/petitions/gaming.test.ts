import { afterAll, beforeAll, expect, test } from "vitest";
import { call, type House, openHouse } from "../house.ts";
import { type Filed, petitionsOf } from "../petition-walk.ts";
import { choose } from "../show-box.ts";

// What somebody might try whose figures look bad, by the acts of the desk itself: none of it makes a figure better.

let house: House;
let petitions: ReturnType<typeof petitionsOf>;

/** Each is in handling, and its time for a reply is over. */
let late: { readonly redated: Filed; readonly split: Filed; readonly withdrawn: Filed };
/** Nobody has decided in time whether it is accepted. */
let undecided: { readonly moved: Filed; readonly merged: Filed };
/** Answered in time. */
let rated: Filed;
let reopened: Filed;

async function pass(span: string): Promise<void> {
  const answer = await fetch(`${house.url}/test/clock`, { method: "POST", body: JSON.stringify({ advance: span }) });
  expect(answer.status).toBe(200);
  petitions.forgetSessions();
}

beforeAll(async () => {
  house = await openHouse({
    now: "2026-03-02T01:00:00Z",
    units: [{ code: "SECOND", parent: "BRIGADE" }],
    people: [{ username: "above", unit: "BRIGADE", roles: [{ role: "officer", subtree: true }] }],
  });
  await choose(house, "indicators", "on");
  petitions = petitionsOf(house);
  rated = await petitions.delivered("已经按期答复");
  reopened = await petitions.delivered("答复以后出了新情况");
  late = {
    redated: await petitions.inHandling("补填日期"),
    split: await ofTwo("拆成两件"),
    withdrawn: await petitions.inHandling("劝他撤回"),
  };
  undecided = { moved: await registered("一直没有决定受理"), merged: await registered("并到别的事项", named) };
  await pass("P75D");
}, 240_000);
afterAll(() => house?.[Symbol.asyncDispose]());

const named = { anonymity: "named", petitioner: { name: "Wu Gang", kind: "nco", contact: "0000-0007" } };

async function registered(title: string, who: object = {}, more: object = {}): Promise<Filed> {
  const filed = await petitions.paper("clerk", "FIRST", title, who);
  await petitions.register("clerk", filed.caseId, more);
  return filed;
}

async function ofTwo(title: string): Promise<Filed> {
  const filed = await registered(title, {}, { demands: [{ text: "修好窗户" }, { text: "补发津贴" }] });
  await petitions.act("officer", "cases.accept", filed.caseId, { office: "营房股" });
  await petitions.assigned(filed);
  return filed;
}

/** What is counted of a petition, once the ledger was read so far. */
async function counted({ caseId }: Filed, thing: string) {
  const last = await house.server.database.pool.query("select max(seq) as seq from kernel.ledger where stream = $1", [
    caseId,
  ]);
  for (let minutes = 0; minutes < 30; minutes++) {
    await house.server.platform.host.jobs.runDue();
    const { rows } = await house.server.database.pool.query(
      "select max(seq) as seq from p_indicators.entries where case_id = $1",
      [caseId],
    );
    if (rows[0].seq >= last.rows[0].seq) break;
    house.server.clock.advance("PT1M");
  }
  const { rows } = await house.server.database.pool.query(
    `select u.code, c.marks from p_indicators.counted c join kernel.units u on u.id = c.unit_id
      where case_id = $1 and thing = $2 order by no`,
    [caseId, thing],
  );
  return rows.map(({ code, marks }) => [code, ...marks]);
}

test("a reply that is said to have been received weeks ago is as late as it is", async () => {
  await petitions.replied(late.redated);
  const input = { noticeId: await petitions.letterOf(late.redated.caseId), method: "hand", proof: "回执" };
  await expect(
    petitions.act("officer", "cases.deliver", late.redated.caseId, { ...input, receivedOn: "2026-04-01" }),
  ).rejects.toThrow("notice.receivedTooEarly");
  await petitions.act("officer", "cases.deliver", late.redated.caseId, { ...input, receivedOn: petitions.today() });
  expect(await counted(late.redated, "conclusion")).toEqual([["FIRST", "answered"]]);
});

test("a demand that is split off keeps the day of the whole, and what is left is as late as before", async () => {
  const { caseId } = late.split;
  const view = (await petitions.by("officer", "cases.get", { caseId })) as { demands: { id: string }[] };
  const { splitOff } = await petitions.act("officer", "cases.split", caseId, {
    ...{ demandIds: view.demands.slice(1).map(({ id }) => id), title: "津贴另办", text: "津贴少发，请补发。" },
    reason: "津贴由财务科管，另立一件",
  });
  expect(await counted(late.split, "conclusion")).toEqual([["FIRST"]]);
  const part = splitOff as Filed;
  await petitions.act("officer", "cases.accept", part.caseId, { office: "财务科" });
  await petitions.answered(part);
  expect(await counted(part, "registration")).toEqual([]);
  expect(await counted(part, "conclusion")).toEqual([["FIRST", "answered"]]);
});

test("merging what is late into something young takes it out of no figure", async () => {
  const young = await petitions.inHandling("同一件事，刚刚寄来", named);
  const why = { samePerson: true, sameMatter: true, reason: "同一人同一件事" };
  await petitions.act("officer", "cases.merge", undecided.merged.caseId, { ...why, mainCaseNo: young.caseNo });
  expect(await counted(undecided.merged, "acceptance")).toEqual([["FIRST"]]);
});

test("sending it on when the day is over leaves it with whoever missed the day", async () => {
  const toUnitId = house.units.get("SECOND");
  await petitions.act("above", "cases.route", undecided.moved.caseId, {
    ...{ kind: "transfer", toUnitId, reason: "归二营管" },
  });
  expect((await counted(undecided.moved, "acceptance"))[0]).toEqual(["FIRST"]);
});

test("nobody of the house withdraws a petition; the petitioner who does repairs no day that was missed", async () => {
  const { caseId } = late.withdrawn;
  const asking = { key: petitions.key(), text: "不想再提了", freeWill: true };
  await expect(petitions.by("officer", "intake.askWithdrawal", { caseId, ...asking })).rejects.toThrow("case.notFound");
  await call(house.url, await petitions.ownCookie(late.withdrawn), "intake.askWithdrawal", asking);
  await expect(petitions.by("officer", "intake.withdraw", { caseId, key: petitions.key() })).rejects.toThrow(
    "case.notFound",
  );
  await pass("P8D");
  expect(await petitions.stateOf(caseId)).toMatchObject({ status: "withdrawn" });
  expect(await counted(late.withdrawn, "conclusion")).toEqual([["FIRST"]]);
});

test("nobody rates for the petitioner", async () => {
  const rating = { caseId: rated.caseId, key: petitions.key(), office: "satisfied", unit: "satisfied" };
  for (const who of ["officer", "handler", "signer", "clerk"])
    await expect(petitions.by(who, "intake.rate", rating), who).rejects.toThrow("case.notFound");
  expect((await counted(rated, "answer"))[0]).not.toContain("rated");
});

test("taking it up again is a duty of its own and repairs none", async () => {
  const before = await counted(reopened, "conclusion");
  await petitions.act("officer", "cases.reopen", reopened.caseId, { ground: "newFacts", reason: "有新情况" });
  expect((await counted(reopened, "conclusion")).slice(0, before.length)).toEqual(before);
});
