import { expect, test } from "vitest";
import type { Actor } from "../actor.ts";
import { fileCase } from "../intake/file-case.ts";
import { declareRecusal } from "../recusal/recusal.ts";
import { openTestKernel, type TestKernel } from "../testing/index.ts";
import { byPerson, file, register, rows, staffOf } from "../testing/story.ts";
import { personKey } from "../vault/keys.ts";
import { deliverNotifications, type Hand, type HandedMessage, retryDeliveries } from "./deliver-notifications.ts";
import { saveNotificationSettings } from "./notification-settings.ts";
import { notify, notifyPetitioners } from "./notify.ts";
import { markNotificationsRead } from "./read-notifications.ts";

const wantsMail = (t: TestKernel, actor: Actor, side: "staff" | "petitioner" = "staff") =>
  saveNotificationSettings(t.kernel, actor, {
    side,
    mail: "atOnce",
    kinds: [],
    ...(side === "staff" && { address: `${actor.username}@example.org` }),
  });

/** A road that keeps what it was given. */
function road(answer: Hand = async () => ({ state: "sent" })) {
  const given: (HandedMessage & { readonly unitId: string })[] = [];
  const hand: Hand = async (unitId, message) => {
    given.push({ unitId, ...message });
    return answer(unitId, message);
  };
  return { given, hand };
}
const states = async (t: TestKernel) =>
  (
    await rows<{ s: string }>(
      t,
      "select state || coalesce(' ' || error, '') as s from kernel.notification_deliveries order by at, state",
    )
  ).map((r) => r.s);

test("what he has read, or may not see any more, or does not want, is not sent", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const { given, hand } = road();
  const id = await file(t);
  await register(t, s, id);
  const tell = (actor: Actor) =>
    notify(t.kernel, [actor.personId], { kind: "progress", caseId: id, key: t.kernel.newId() });
  for (const actor of [s.clerk, s.officer, s.signer]) await wantsMail(t, actor);
  for (const actor of [s.clerk, s.officer, s.signer, s.handler]) await tell(actor);
  await markNotificationsRead(t.kernel, s.clerk, undefined);
  await declareRecusal(t.kernel, byPerson(t, id, s.officer), "亲属");
  expect(await deliverNotifications(t.kernel, hand, "https://doorstep.example/sign-in")).toBe(1);
  expect(given).toEqual([
    {
      unitId: t.units.first,
      count: 1,
      since: t.clock.now.toISOString(),
      mode: "atOnce",
      urgent: false,
      locale: "zh-CN",
      address: `${s.signer.username}@example.org`,
      link: "https://doorstep.example/sign-in",
    },
  ]);
  expect(await states(t)).toEqual(["dropped noNews", "dropped notVisible", "sent"]);
});

test("a petitioner who agreed is written to at the address of the vault; others of the case are not", async () => {
  await using t = await openTestKernel();
  const petitioner = await t.person("赵明远", "company", []);
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
    anonymity: "confidential",
    petitioner: { name: "赵明远", kind: "nco", contact: " zhao@example.org ", filingFor: "self" },
    headcount: 1,
    fileIds: [],
    locale: "zh-CN",
  } as const;
  const { caseId } = await fileCase(t.kernel, filing, { actor: "anonymous", petitionerId: petitioner.personId });
  const { given, hand } = road();
  await notifyPetitioners(t.kernel, { kind: "status", caseId, key: "k-1" });
  await deliverNotifications(t.kernel, hand, null);
  expect(given).toEqual([]);

  await wantsMail(t, petitioner, "petitioner");
  await notifyPetitioners(t.kernel, { kind: "status", caseId, key: "k-2" });
  // somebody else's account stands in the case: the address is not his
  const other = personKey(t.kernel.keys, (await t.person("代办", "company", [])).personId);
  await rows(
    t,
    "insert into kernel.case_audience select $2, case_id, due, received, depth, conf, status, open, category, channel, holder from kernel.case_audience where case_id = $1 and depth = -1",
    [caseId, other],
  );
  await rows(t, "insert into kernel.notification_settings (recipient, mail) values ($1, 'atOnce')", [other]);
  await notifyPetitioners(t.kernel, { kind: "status", caseId, key: "k-3" });
  await deliverNotifications(t.kernel, hand, null);
  expect(given.map((g) => [g.address, g.count, g.link])).toEqual([["zhao@example.org", 2, null]]);
  expect(await states(t)).toContain("dropped noAddress");
});

test("what fails for five days is parked and can be tried again; two processes send once", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  await wantsMail(t, s.clerk);
  await notify(t.kernel, [s.clerk.personId], { kind: "progress", caseId: null, key: "k-1" });
  const dead = road(async () => {
    throw Object.assign(new Error("clerk@example.org refused"), { code: "ECONNECTION" });
  });
  const begun = t.clock.now;
  for (let n = 0; n < 40 && !(await states(t)).some((x) => x.startsWith("parked")); n++) {
    await deliverNotifications(t.kernel, dead.hand, null);
    t.clock.advance({ hours: 12 });
  }
  expect(await states(t)).toEqual(["parked ECONNECTION"]);
  expect(dead.given).toHaveLength(15);
  expect((t.clock.now.getTime() - begun.getTime()) / 86_400_000).toBeGreaterThan(5);

  expect(await retryDeliveries(t.kernel, [t.units.second])).toBe(0);
  expect(await retryDeliveries(t.kernel, [t.units.first])).toBe(1);
  const { given, hand } = road();
  await Promise.all([
    deliverNotifications(t.kernel, hand, null, { wait: true }),
    deliverNotifications(t.kernel, hand, null, { wait: true }),
  ]);
  expect(given).toHaveLength(1);
});
