import { expect, test } from "vitest";
import { filingBudget } from "../flood/budget.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { staffOf } from "../testing/story.ts";
import { fileForPetitioner } from "./file-for-petitioner.ts";

const mail = (t: TestKernel, key: string) =>
  ({
    key: `mail-00000000000${key}`,
    unitId: t.units.first,
    channel: "mail-in/mail",
    via: "mail",
    purpose: "solve",
    title: "津贴少发",
    body: "三月调动后少发一档。",
    alreadyTried: "",
    desiredOutcome: "",
    concernsLeader: false,
    urgentSafety: false,
    anonymity: "named",
    petitioner: { name: "赵强", kind: "conscript", contact: "zhao@example.org", filingFor: "self" },
    headcount: 1,
    fileIds: [],
    locale: "zh-CN",
  }) as never;
const label = { "zh-CN": "邮件", en: "Mail" };
const open = async (budget?: object) => {
  const t = await openTestKernel();
  const at = async () => ({ label, anonymousAllowed: false });
  const kernel = { ...t.kernel, channels: { at }, ...(budget && { filingBudget: budget }) } as never;
  return { t, kernel };
};

test("what nobody sits at is filed by the platform itself, and waits for a person in a flood", async () => {
  const { t, kernel } = await open(filingBudget(1, 100));
  await using _ = t;

  for (const key of ["1", "2", "3"]) await fileForPetitioner(kernel, null, mail(t, key));

  const { rows } = await t.database.pool.query(
    "select l.actor, 'quarantined' = any (c.flags) as waits from kernel.cases c join kernel.ledger l on l.stream = c.id and l.seq = 1 order by c.received_at, c.id",
  );
  expect(rows.map((row) => row.actor)).toEqual(["system", "system", "system"]);
  expect(rows.some((row) => row.waits)).toBe(true);
});

test("by somebody who registers there, through a channel that is on", async () => {
  const { t, kernel } = await open();
  await using _ = t;
  const s = await staffOf(t);

  expect(await fileForPetitioner(kernel, s.clerk, mail(t, "1"))).toMatchObject({ delayed: false });
  await expect(fileForPetitioner(kernel, s.handler, mail(t, "2"))).rejects.toMatchObject({ code: "forbidden" });
  const closed = { ...(kernel as object), channels: { at: async () => null } } as never;
  await expect(fileForPetitioner(closed, s.clerk, mail(t, "3"))).rejects.toMatchObject({
    code: "intake.channelClosed",
  });
});

test("a day of receipt that lies ahead starts no clock", async () => {
  const { t, kernel } = await open();
  await using _ = t;
  const s = await staffOf(t);
  const letter = (key: string, receivedOn: string) => ({ ...(mail(t, key) as object), receivedOn }) as never;

  await expect(fileForPetitioner(kernel, s.clerk, letter("4", "2999-01-01"))).rejects.toMatchObject({
    code: "intake.receivedLater",
  });
  const filed = await fileForPetitioner(kernel, s.clerk, letter("5", "2026-01-05"));
  expect(filed.receivedAt).toBe("2026-01-05T12:00:00Z");
});

test("danger in a letter that came days ago is paged, and counted in hours from the moment it was read", async () => {
  const { t, kernel } = await open();
  await using _ = t;
  const s = await staffOf(t);
  const letter = { ...(mail(t, "6") as object), receivedOn: "2026-02-27", urgentSafety: true } as never;

  const { caseId } = await fileForPetitioner(kernel, s.clerk, letter);

  const { rows } = await t.database.pool.query(
    `select k.started_at as "startedAt", k.due_at as "dueAt", exists (select 1 from kernel.duty_pages d where d.case_id = $1) as paged
       from kernel.clocks k where k.case_id = $1 and k.code = 'K23' and k.explain->>'rule' = 'K23'`,
    [caseId],
  );
  const now = t.clock.now;
  const inAnHour = new Date(now.getTime() + 3_600_000);
  expect(rows).toEqual([{ startedAt: now, dueAt: inAnHour, paged: true }]);
});
