import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { caller, refusalOf } from "../testing/call.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { file, register, rows, staffOf } from "../testing/story.ts";
import { peopleHandlers } from "./handlers.ts";

async function open() {
  const t = await openTestKernel();
  const s = await staffOf(t);
  const admin = await t.person("王静", "brigade", [{ role: "unitAdmin", unit: "brigade", subtree: true }]);
  const { people } = caller(t.kernel, { people: peopleHandlers })(admin);
  const look = (who: Actor, caseNo = "") => people.preview({ personId: who.personId, caseNo });
  return { t, s, admin, look };
}

const numberOf = async (t: TestKernel, caseId: string): Promise<string> =>
  (await rows<{ no: string }>(t, "select case_no as no from kernel.cases where id = $1", [caseId]))[0]?.no ?? "";

test("what somebody is shown: his rights, his lists' counts, and whether a number opens; who looked is written down", async () => {
  const { t, s, admin, look } = await open();
  await using _ = t;
  const caseId = await file(t);
  await register(t, s, caseId, { confidentiality: 2 });
  const no = await numberOf(t, caseId);

  expect(await look(s.officer, no.toLowerCase())).toMatchObject({ counts: { all: 1, toAccept: 1 }, opens: true });
  // the clerk reads the lowest level alone
  const clerk = await look(s.clerk, no);
  expect(clerk).toMatchObject({ counts: { all: 0 }, opens: false });
  expect(clerk.permissions).toContain("desk.register");
  const soldier = await t.person("张三", "company", []);
  expect(await look(soldier)).toEqual({ permissions: [], counts: null, opens: null });

  const entries = await rows(
    t,
    "select actor, body::jsonb->>'request' as request, body::jsonb->'facts' as facts from kernel.ledger where type = $1 order by seq",
    ["person.previewed"],
  );
  expect(entries).toEqual(
    expect.arrayContaining([
      {
        actor: `person:${admin.personId}`,
        request: "test",
        facts: { person: s.officer.personId, asked: true, case: caseId },
      },
      { actor: `person:${admin.personId}`, request: "test", facts: { person: s.clerk.personId, asked: true } },
    ]),
  );
});

test("no accusation is counted or told, nor what the administrator himself must stand out of", async () => {
  const { t, s, look, admin } = await open();
  await using _ = t;
  const organ = await t.person("营纪检", "first", [{ role: "discipline", unit: "first" }]);
  const accused = await file(t, { purpose: "accuse", unitId: t.units.company });
  expect(await look(organ, await numberOf(t, accused))).toMatchObject({ counts: { all: 0 }, opens: false });
  expect(await look(organ, "NONE")).toMatchObject({ counts: { all: 0 }, opens: false });

  const caseId = await file(t);
  const no = await numberOf(t, caseId);
  expect(await look(s.officer, no)).toMatchObject({ counts: { all: 1 }, opens: true });
  await rows(
    t,
    "insert into kernel.recusals (person_id, case_id, source, state, reason, at) values ($1, $2, 'computed', 'granted', '', $3)",
    [admin.personId, caseId, t.clock.now],
  );
  expect(await look(s.officer, no)).toMatchObject({ counts: { all: 0 }, opens: false });
});

test("nothing is shown of what somebody holds where another administers, and nobody of elsewhere", async () => {
  const { t, s } = await open();
  await using _ = t;
  const caseId = await file(t);
  const { people } = caller(t.kernel, { people: peopleHandlers })(
    await t.person("孙六", "second", [{ role: "unitAdmin", unit: "second", subtree: true }]),
  );
  const lent = await t.person("借调", "second", [{ role: "officer", unit: "first" }]);
  const caseNo = await numberOf(t, caseId);
  expect(await people.preview({ personId: lent.personId, caseNo })).toEqual({
    permissions: [],
    counts: null,
    opens: false,
  });
  expect(await refusalOf(people.preview({ personId: s.officer.personId }))).toBe("person.notFound");
});
