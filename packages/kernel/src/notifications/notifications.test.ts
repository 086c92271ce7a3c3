import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { requestReview } from "../cases/review.ts";
import { writeMessage } from "../cases/thread.ts";
import { fileCase } from "../intake/file-case.ts";
import { pumpOnce } from "../outbox/pump.ts";
import { execute } from "../pipeline/execute.ts";
import { declareRecusal } from "../recusal/recusal.ts";
import { sweepClocks } from "../sweep/sweep-clocks.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, byPetitioner, draft, file, inHandling, register, reply, rows, staffOf } from "../testing/story.ts";
import { readNotificationSettings, saveNotificationSettings } from "./notification-settings.ts";
import { acknowledged, notify } from "./notify.ts";
import { notifyConsumer } from "./notify-consumer.ts";
import {
  acknowledgeNotification,
  countNotifications,
  listNotifications,
  markNotificationsRead,
} from "./read-notifications.ts";
import { staffToldOf } from "./told-of.ts";

const pump = (t: TestKernel) => pumpOnce(t.kernel, [notifyConsumer(t.kernel)]);
const list = async (t: TestKernel, actor: Actor) =>
  (await listNotifications(t.kernel, actor, { limit: 50, unread: false })).items;
const kinds = async (t: TestKernel, actor: Actor) => (await list(t, actor)).map((n) => n.kind).toReversed();

test("along its life a petition tells each who must know, and nobody of what he did himself", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  await pump(t);
  const id = await inHandling(t, s);
  await execute(t.kernel, writeMessage, byPetitioner(t, id), { text: "补充", visibility: "petitioner", fileIds: [] });
  await reply(t, s, id);
  await pump(t);

  expect(await kinds(t, s.clerk)).toEqual(["newCase"]);
  expect(await kinds(t, s.officer)).toEqual(["newCase"]);
  expect(await kinds(t, s.handler)).toEqual(["assigned", "message"]);
  expect(await kinds(t, s.signer)).toEqual(["toSign"]);
  expect(await kinds(t, s.reviewer)).toEqual([]);

  await execute(t.kernel, requestReview, byPetitioner(t, id), { grounds: "facts", text: "不服", fileIds: [] });
  await pump(t);
  expect(await kinds(t, s.reviewer)).toEqual(["review"]);
  const [told] = await list(t, s.reviewer);
  expect(told).toMatchObject({ caseId: id, title: "津贴少发一档", readAt: null, side: "staff" });
});

test("an event told again tells nobody twice", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  await pump(t);
  await file(t);
  const [event] = await rows<{ id: string; seq: number; at: Date; case_id: string }>(t, "select * from kernel.outbox");
  if (!event) throw new Error("no event");
  const again = { ...event, caseId: event.case_id, epoch: 1, xid: "0", unitId: t.units.first, payload: {} };
  await pump(t);
  await notifyConsumer(t.kernel).handle({ ...again, type: "case.received" });
  expect(await kinds(t, s.clerk)).toEqual(["newCase"]);
});

test("warnings reach the handler, a breach the leader as well; before there is a handler, the officers", async () => {
  await using t = await openTestKernel({ now: "2026-03-02T02:00:00Z" });
  const s = await staffOf(t);
  await pump(t);
  const [waiting, handled] = [await file(t), await inHandling(t, s)];
  await register(t, s, waiting);
  await pump(t);
  await markNotificationsRead(t.kernel, s.officer, undefined);
  t.clock.now = new Date("2026-03-15T02:00:00Z");
  await sweepClocks(t.kernel);
  await pump(t);
  const unread = async (a: Actor) => (await list(t, a)).filter((n) => n.readAt === null);
  expect((await unread(s.officer)).map((n) => [n.kind, n.caseId, n.params.clock])).toEqual([
    ["deadline", waiting, "K2"],
  ]);
  t.clock.now = new Date("2026-07-01T02:00:00Z");
  await sweepClocks(t.kernel);
  await pump(t);
  expect(
    (await list(t, s.signer))
      .filter((n) => n.kind === "breach")
      .map((n) => n.caseId)
      .toSorted(),
  ).toEqual([waiting, handled].toSorted());
  expect((await list(t, s.handler)).filter((n) => n.kind === "breach").map((n) => n.caseId)).toEqual([handled]);
});

test("an accusation tells its organ alone, and a sensitive case is a neutral sentence", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const organ = await t.person("纪检", "brigade", [{ role: "discipline", unit: "brigade" }]);
  await pump(t);
  const secret = await file(t, { purpose: "accuse", title: "举报某人" });
  const sensitive = await file(t);
  await rows(t, "update kernel.cases set confidentiality = 2 where id = $1", [sensitive]);
  await rows(t, "update kernel.case_audience set conf = 2 where case_id = $1", [sensitive]);
  await pump(t);

  expect(await list(t, organ)).toMatchObject([{ kind: "news", caseId: secret, caseNo: null, title: null, params: {} }]);
  expect(await list(t, s.officer)).toMatchObject([
    { kind: "news", caseId: sensitive, caseNo: null, title: null, params: {} },
  ]);
  // a clerk reads ordinary ones only
  expect(await list(t, s.clerk)).toEqual([]);
  expect(JSON.stringify(await rows(t, "select * from kernel.notifications"))).not.toContain("举报某人");
});

test("who is recused, or has lost the right meanwhile, is told nothing and reads nothing more", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  await pump(t);
  const id = await file(t);
  await register(t, s, id);
  await pump(t);
  expect(await countNotifications(t.kernel, s.officer)).toEqual({ unread: 1, more: false });

  await declareRecusal(t.kernel, byPerson(t, id, s.officer), "亲属");
  expect(await list(t, s.officer)).toEqual([]);
  expect(await countNotifications(t.kernel, s.officer)).toEqual({ unread: 0, more: false });
  const tell = { kind: "deadline", caseId: id, key: "k-1" } as const;
  expect(await notify(t.kernel, [s.officer.personId, s.clerk.personId], tell)).toEqual([s.clerk.personId]);
  expect(await notify(t.kernel, [s.handler.personId], { ...tell, caseId: t.kernel.newId() })).toEqual([]);
});

test("nobody is told as staff of his own petition; as petitioner he is, under a name that links nobody", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  await pump(t);
  const filing = {
    key: t.key(),
    unitId: t.units.first,
    via: "online",
    channelKey: "online-petition/online",
    channelLabel: { "zh-CN": "网上信访", en: "Online petition" },
    purpose: "solve",
    title: "请求调动",
    body: "家庭困难，请求调动。",
    alreadyTried: "",
    desiredOutcome: "调动",
    concernsLeader: false,
    urgentSafety: false,
    anonymity: "named",
    petitioner: { name: "李干事", kind: "officer", contact: "li@example.org", filingFor: "self" },
    headcount: 1,
    fileIds: [],
    locale: "zh-CN",
  } as const;
  const me = s.officer;
  const { caseId } = await fileCase(t.kernel, filing, { actor: "anonymous", petitionerId: me.personId });
  await pump(t);
  expect(await list(t, me)).toEqual([]);
  expect(await kinds(t, s.clerk)).toEqual(["newCase"]);

  await register(t, s, caseId);
  await execute(t.kernel, writeMessage, byPerson(t, caseId, s.clerk), {
    text: "内部",
    visibility: "internal",
    fileIds: [],
  });
  await execute(t.kernel, writeMessage, byPerson(t, caseId, s.clerk), {
    text: "请补材料",
    visibility: "petitioner",
    fileIds: [],
  });
  await pump(t);
  expect(await kinds(t, me)).toEqual(["letter", "answer"]);
  expect((await list(t, me)).every((n) => n.side === "petitioner")).toBe(true);
  const written = await rows<{ recipient: string }>(
    t,
    "select recipient from kernel.notifications where side = 'petitioner'",
  );
  expect(written.map((r) => r.recipient)).not.toContain(me.personId);
});

test("a paging says who has seen it; others cannot say it for him", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const id = await file(t, { urgentSafety: true });
  const tell = { kind: "duty", caseId: id, key: "K23-1", mustAcknowledge: true } as const;
  expect(await notify(t.kernel, [s.officer.personId], tell)).toEqual([s.officer.personId]);
  const [paged] = await list(t, s.officer);
  if (!paged) throw new Error("nobody was paged");
  expect(await acknowledgeNotification(t.kernel, s.clerk, paged.id)).toBe(false);
  expect(await acknowledged(t.kernel, "K23-1")).toEqual([]);
  expect(await acknowledgeNotification(t.kernel, s.officer, paged.id)).toBe(true);
  expect(await acknowledged(t.kernel, "K23-1")).toEqual([s.officer.personId]);
  expect(await list(t, s.officer)).toMatchObject([{ acknowledgedAt: t.clock.now.toISOString() }]);
});

test("a muted kind is not written, breaches and danger cannot be muted, mail asks for an address", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const { kernel } = t;
  const settings = await readNotificationSettings(kernel, s.clerk, "staff");
  const save = (change: (kind: string) => object, more: object = {}) =>
    saveNotificationSettings(kernel, s.clerk, {
      side: "staff",
      mail: "off",
      kinds: settings.kinds.map(({ kind, portal, mail }) => ({ kind, portal, mail, ...change(kind) })),
      ...more,
    });
  await expect(save((kind) => ({ portal: kind !== "duty" }))).rejects.toMatchObject({ code: "notification.fixed" });
  await expect(save(() => ({}), { mail: "atOnce", address: "nobody" })).rejects.toMatchObject({
    code: "notification.address",
  });
  await expect(save(() => ({}), { mail: "atOnce" })).rejects.toMatchObject({ code: "notification.noAddress" });
  await pump(t);
  await save((kind) => ({ portal: kind !== "newCase" }));
  await file(t);
  await pump(t);
  expect(await list(t, s.clerk)).toEqual([]);
  expect(await kinds(t, s.officer)).toEqual(["newCase"]);

  // muted in the portal, wanted by mail: owed to the transport, and no bell
  await save((kind) => ({ portal: kind !== "newCase" }), { mail: "atOnce", address: "clerk@example.org" });
  await file(t);
  await pump(t);
  expect(await countNotifications(kernel, s.clerk)).toEqual({ unread: 0, more: false });
  expect(await rows(t, "select recipient, state from kernel.notification_deliveries")).toEqual([
    { recipient: s.clerk.personId, state: "pending" },
  ]);
});

test("where nobody at the unit may know, whoever covers it from above is told", async () => {
  await using t = await openTestKernel();
  const above = await t.person("旅干事", "brigade", [{ role: "officer", unit: "brigade", subtree: true }]);
  const apart = await t.person("旅部", "brigade", [{ role: "officer", unit: "brigade" }]);
  await pump(t);
  await file(t, { unitId: t.units.company });
  await pump(t);
  expect(await kinds(t, above)).toEqual(["newCase"]);
  expect(await kinds(t, apart)).toEqual([]);
  const near = await t.person("连文书", "company", [{ role: "clerk", unit: "company" }]);
  await file(t, { unitId: t.units.company });
  await pump(t);
  expect(await kinds(t, near)).toEqual(["newCase"]);
  expect(await kinds(t, above)).toHaveLength(1);
});

test("a draft that waits tells its signer once, page by page", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  await pump(t);
  for (let n = 0; n < 3; n++) await draft(t, s, await inHandling(t, s), "补发");
  await pump(t);
  const first = await listNotifications(t.kernel, s.signer, { limit: 2, unread: true });
  expect(first.items).toHaveLength(2);
  const second = await listNotifications(t.kernel, s.signer, {
    limit: 2,
    unread: true,
    cursor: first.nextCursor ?? "",
  });
  expect(second.items).toHaveLength(1);
  expect(second.nextCursor).toBeNull();
});

test("of retaliation its organ alone is told, and of a supervision whoever is urged with his leader", async () => {
  const told = (type: string, confidentiality: number) =>
    staffToldOf(
      {
        holderUnitId: "holder",
        organUnitId: confidentiality === 3 ? "organ" : null,
        confidentiality,
        handlerId: "handler",
        senderUnitId: null,
        actor: "petitioner",
        facts: {},
        letter: false,
      },
      { type } as never,
    );
  expect(told("retaliation.reported", 1)).toEqual([]);
  expect(told("retaliation.reported", 3)).toEqual([{ kind: "retaliation", unitId: "organ", roles: ["discipline"] }]);
  expect(told("supervision.opened", 1)).toEqual([
    { kind: "supervision", person: "handler", unitId: "holder", roles: ["officer"] },
    { kind: "supervision", unitId: "holder", roles: ["signer", "chargeLeader"] },
  ]);
});
