import { expect, test } from "vitest";
import { caller, refusalOf } from "../testing/call.ts";
import { openTestKernel } from "../testing/index.ts";
import { petition } from "../testing/petition-row.ts";
import { peopleHandlers } from "./handlers.ts";

async function open() {
  const t = await openTestKernel();
  const call = caller(t.kernel, { people: peopleHandlers });
  const officer = await t.person("孙", "first", [{ role: "officer", unit: "first", subtree: true }]);
  const near = await t.person("甲", "company", [{ role: "handler", unit: "company" }]);
  const above = await t.person("乙", "first", [{ role: "handler", unit: "first", subtree: true }]);
  await t.person("丙", "first", [{ role: "handler", unit: "first" }]);
  await t.person("丁", "second", [{ role: "handler", unit: "second", subtree: true }]);
  return { t, call, officer, near, above };
}

test("handlers are those whose role reaches the unit that holds the petition", async () => {
  const { t, call, officer } = await open();
  await using _ = t;
  const caseId = await petition(t, { holder: "company" });

  const found = await call(officer).people.candidates({ caseId, role: "handler" });

  expect(found.map((one) => one.name).toSorted()).toEqual(["乙", "甲"].toSorted());
  expect(found.every((one) => one.refusals.length === 0)).toBe(true);
  expect(await call(officer).people.candidates({ caseId, role: "signer" })).toEqual([]);
});

test("whoever must not act is named with the reason", async () => {
  const { t, call, officer, near, above } = await open();
  await using _ = t;
  const caseId = await petition(t, { holder: "company", respondent: "second" });
  const reviewer = await t.person("戊", "first", [{ role: "reviewer", unit: "first", subtree: true }]);
  const accused = await t.person("己", "second", [{ role: "handler", unit: "company" }]);
  await t.database.pool.query(
    "insert into kernel.recusals (person_id, case_id, source, state, at) values ($1, $2, 'self', 'granted', $3)",
    [near.personId, caseId, t.clock.now],
  );
  await t.database.pool.query(
    "insert into kernel.case_actors (case_id, person_id, part, level, at) values ($1, $2, 'handler', 'handle', $3)",
    [caseId, reviewer.personId, t.clock.now],
  );

  const handlers = await call(officer).people.candidates({ caseId, role: "handler" });
  const reviewers = await call(officer).people.candidates({ caseId, role: "reviewer" });

  const refusals = new Map(handlers.map((one) => [one.id, one.refusals]));
  expect(refusals.get(near.personId)).toEqual(["recused"]);
  expect(refusals.get(accused.personId)).toEqual(["unit.notRespondent"]);
  expect(refusals.get(above.personId)).toEqual([]);
  expect(reviewers).toMatchObject([{ id: reviewer.personId, refusals: ["review.involvedBefore"] }]);
});

test("of a petition one may not see there are no candidates: it does not exist", async () => {
  const { t, call, officer } = await open();
  await using _ = t;
  const elsewhere = await petition(t, { holder: "second" });
  const recused = await petition(t, { holder: "company" });
  await t.database.pool.query(
    "insert into kernel.recusals (person_id, case_id, source, state, at) values ($1, $2, 'self', 'asked', $3)",
    [officer.personId, recused, t.clock.now],
  );
  const ask = (caseId: string) => refusalOf(call(officer).people.candidates({ caseId, role: "handler" }));

  expect(await ask(elsewhere)).toBe("case.notFound");
  expect(await ask(recused)).toBe("case.notFound");
  expect(await ask(crypto.randomUUID())).toBe("case.notFound");
});

test("an accusation stays with the discipline officers of its organ", async () => {
  const { t, call } = await open();
  await using _ = t;
  const organ = await t.database.pool.query<{ id: string }>(
    "select id from kernel.offices where unit_id = $1 and kind = 'disciplineOrgan'",
    [t.units.first],
  );
  const caseId = await petition(t, { holder: "first", confidentiality: 3, organId: organ.rows[0]?.id ?? "" });
  const discipline = await t.person("庚", "first", [{ role: "discipline", unit: "first" }]);

  const found = await call(discipline).people.candidates({ caseId, role: "handler" });

  expect(found.map((one) => one.name)).toEqual(["庚"]);
});
