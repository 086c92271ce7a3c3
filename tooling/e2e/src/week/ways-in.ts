import { randomUUID } from "node:crypto";
import { openImap } from "@doorstep/plugin-mail-in/testing";
import { call, type House, signIn } from "../house.ts";

/** What somebody brings; nobody here is anybody. */
export interface Matter {
  readonly n: number;
  readonly purpose: "solve" | "suggest" | "accuse" | "ask";
  readonly danger: boolean;
  readonly anonymous: boolean;
}

/** What the office knows at once of something that arrived: what it is followed by, or that it waits for a clerk. */
export interface Arrived {
  readonly matter: Matter;
  readonly way: WayIn;
  readonly returnCode: string | null;
}

export const waysIn = [
  "online-petition/online",
  "letter-desk/letter",
  "visit-desk/visit",
  "hotline/call",
  "mail-in/mail",
  "leader-mailbox/mailbox",
  "reception-day/visit",
  "joint-petition/joint",
  "suggestion-box/box",
  "heart-talk/need",
] as const;
export type WayIn = (typeof waysIn)[number];

export const modules = [...new Set(waysIn.map((way) => way.split("/")[0] ?? ""))];

/** The smallest picture there is, as somebody signed it on glass. */
const SIGNATURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
const SCAN = Buffer.from("%PDF-1.4\n%%EOF\n");
/** A reception day of eight hours, half an hour for each visitor. */
const SLOTS = 16;

const words: Readonly<Record<Matter["purpose"], string>> = {
  solve: "公寓房窗户漏雨，两次报修无人回复 The window leaks",
  suggest: "建议合并周会和报表 One meeting a week",
  accuse: "食堂采购价明显偏高 The mess pays far too much",
  ask: "随军安置要交什么材料 Which papers are needed",
};

/** Everybody who brings something in, and what takes it in, at one battalion. */
export function waysOf(house: House) {
  const unitId = house.units.get("FIRST") ?? "";
  let cookies = new Map<string, string>();
  const by = async (username: string, path: string, input: object) => {
    const cookie = cookies.get(username) ?? (await signIn(house.url, username));
    cookies.set(username, cookie);
    return await call(house.url, cookie, path, input);
  };
  /** As a visitor of the unit's pages who has no account. */
  const byNobody = (path: string, input: object) => call(house.url, "", path, input, unitId);
  const titled = ({ n, purpose }: Matter) => `第${n}件 ${words[purpose]}`;
  const told = (matter: Matter) => ({
    title: titled(matter),
    body: `${titled(matter)}。请尽快答复，谢谢。`,
    purpose: matter.purpose,
  });
  const petitioner = ({ n }: Matter) => ({ name: `来信人${n}`, kind: "conscript", contact: `contact ${n}` });
  const taken = (matter: Matter) => ({
    ...told(matter),
    ...{ unitId, readBack: true, urgentSafety: matter.danger },
    ...(matter.anonymous ? { anonymity: "anonymous" } : { anonymity: "named", petitioner: petitioner(matter) }),
  });
  const person = (matter: Matter) => (matter.anonymous ? null : petitioner(matter));

  let imap: Awaited<ReturnType<typeof openImap>> | undefined;
  let mailboxId = "";
  let published = 0;
  let day: { readonly sessionId: string; slot: number } | undefined;

  async function receptionDay() {
    if (day && day.slot < SLOTS) return day;
    published += 1;
    const on = new Date(house.server.clock.now().getTime() + (1 + published) * 86_400_000).toISOString().slice(0, 10);
    const leaders = await by("officer", "p/reception-day/people", { q: "signer" });
    const { sessionId } = await by("officer", "p/reception-day/publish", {
      ...{ kind: "reception", leaderId: leaders[0].id, post: "营长", place: "一号楼" },
      ...{ startsAt: `${on}T01:00:00Z`, endsAt: `${on}T09:00:00Z` },
    });
    day = { sessionId, slot: 0 };
    return day;
  }

  const byWay: Readonly<Record<WayIn, (matter: Matter) => Promise<string | null>>> = {
    "online-petition/online": async (matter) => {
      const { readBack: _, ...filed } = taken(matter);
      const how = { key: randomUUID(), channel: "online-petition/online", via: "online" };
      return (await byNobody("intake.file", { ...filed, ...how })).returnCode;
    },
    "letter-desk/letter": async (matter) => {
      const [letterId, pageId] = [randomUUID(), randomUUID()];
      const page = { pageId, kind: "letter", type: "application/pdf", size: SCAN.byteLength };
      const receivedOn = house.server.clock.now().toISOString().slice(0, 10);
      await by("clerk", "p/letter-desk/add", { letterId, receivedOn, pages: [page] });
      await by("clerk", "p/letter-desk/part", { letterId, pageId, part: 0, data: SCAN.toString("base64") });
      const letter = { letterId, taken: taken(matter), postedOn: null };
      return (await by("clerk", "p/letter-desk/file", letter)).returnCode;
    },
    "visit-desk/visit": async (matter) => {
      const visitId = randomUUID();
      const heads = { headcount: 1, representatives: 1, companions: 0 };
      await by("clerk", "p/visit-desk/arrive", { visitId, safety: matter.danger, urgent: false, ...heads });
      const [second] = await by("clerk", "p/visit-desk/colleagues", {});
      await by("clerk", "p/visit-desk/callIn", { visitId, room: "接谈室", secondId: second.id });
      const talk = { visitId, taken: taken(matter), confirmed: "glass", signature: SIGNATURE };
      return (await by("clerk", "p/visit-desk/file", talk)).returnCode;
    },
    "hotline/call": async (matter) => {
      const callId = randomUUID();
      await by("clerk", "p/hotline/begin", { callId });
      const record = { callId, taken: taken(matter), recording: "", callBackOn: null };
      return (await by("clerk", "p/hotline/file", record)).returnCode;
    },
    "mail-in/mail": async (matter) => {
      const { title, body } = told(matter);
      const heads = [
        `From: <w${matter.n}@example.org>`,
        `Message-ID: <w${matter.n}@example.org>`,
        `Subject: =?UTF-8?B?${Buffer.from(title).toString("base64")}?=`,
        "Content-Type: text/plain; charset=utf-8",
      ];
      imap?.add(Buffer.from(`${heads.join("\r\n")}\r\n\r\n${body}\r\n`));
      return null;
    },
    "leader-mailbox/mailbox": async (matter) => {
      const letter = { ...told(matter), mailboxId, key: randomUUID(), aboutLeader: false };
      const how = { urgentSafety: matter.danger, anonymity: matter.anonymous ? "anonymous" : "named" };
      return (await byNobody("p/leader-mailbox/write", { ...letter, ...how, person: person(matter) })).returnCode;
    },
    "reception-day/visit": async (matter) => {
      const { sessionId, slot } = await receptionDay();
      if (day) day.slot += 1;
      const topic = matter.purpose === "accuse" ? "" : titled(matter);
      await byNobody("p/reception-day/book", { sessionId, slotNo: slot, topic, key: randomUUID() });
      const { visits } = await by("officer", "p/reception-day/pack", { sessionId });
      const { bookingId } = visits.at(-1);
      return (await by("officer", "p/reception-day/file", { bookingId, taken: taken(matter) })).returnCode;
    },
    "joint-petition/joint": async (matter) => {
      const about = { kind: "conscript", contact: `contact ${matter.n}` };
      const { draftId } = await by("soldier", "p/joint-petition/begin", {
        ...{ ...told(matter), ...about, anonymity: matter.anonymous ? "confidential" : "named", key: randomUUID() },
      });
      const { signCode } = await by("soldier", "p/joint-petition/own", { draftId });
      const name = `联名人${matter.n}`;
      await byNobody("p/joint-petition/sign", { ...about, code: signCode, name, key: randomUUID() });
      return (await by("soldier", "p/joint-petition/file", { draftId })).returnCode;
    },
    "suggestion-box/box": async (matter) => {
      const { title, body } = told(matter);
      const how = { key: randomUUID(), mayShow: false, credit: false, person: person(matter) };
      await byNobody("p/suggestion-box/post", { title, body, ...how });
      return null;
    },
    "heart-talk/need": async (matter) => {
      const who = { anonymity: matter.anonymous ? "anonymous" : "named", petitioner: person(matter) ?? undefined };
      const filed = { channel: "need", form: told(matter), purpose: matter.purpose, urgentSafety: matter.danger };
      return (await by("soldier", "p/heart-talk/channel.file", { ...filed, ...who, key: randomUUID() })).returnCode;
    },
  };

  return {
    /** What is there before anybody comes: the leader's mailbox, and the unit's for e-mail. */
    async open(): Promise<void> {
      imap = await openImap([]);
      const [leader] = await by("officer", "p/leader-mailbox/leaders", {});
      ({ mailboxId } = await by("officer", "p/leader-mailbox/open", {
        leaderId: leader.id,
        post: "营长",
        deputyId: null,
      }));
      const { revision } = await by("admin", "modules.matrix", {});
      await by("admin", "modules.saveSettings", {
        ...{ unitId, pluginId: "mail-in", revision, lock: [], why: "试点" },
        values: {
          ...{ mailboxOf: "FIRST", imapServer: "127.0.0.1", imapPort: imap.port, imapSecurity: "none" },
          ...{ user: "testuser", password: "testpass" },
        },
      });
    },
    close: async () => void (await imap?.close()),
    /** Overnight sessions end by themselves. */
    forgetSessions: () => {
      cookies = new Map();
    },
    by,
    /** Whoever is on duty takes what is urgent, reaches somebody and reports, in the hour in which it came. */
    async meetDanger(): Promise<void> {
      for (const who of ["officer", "organ"])
        for (const { caseId } of await by(who, "duty.open", {})) {
          const act = (name: string, more: object = {}) =>
            by(who, `duty.${name}`, { caseId, key: randomUUID(), ...more });
          await act("take");
          await act("phoned", { reached: ["helper"] });
          await act("report", { reached: ["helper"], text: "已联系上，人已安全。Reached and safe." });
        }
    },
    bring: async (way: WayIn, matter: Matter): Promise<Arrived> => ({
      ...{ matter, way, returnCode: await byWay[way](matter) },
    }),
    titled,
    taken,
  };
}
