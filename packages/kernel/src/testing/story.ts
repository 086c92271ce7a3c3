import { type Actor, DoorstepError } from "../actor.ts";
import { acceptCase } from "../cases/accept.ts";
import { assignHandler, recordHeard } from "../cases/handling.ts";
import { registerCase } from "../cases/register.ts";
import { deliverReply, draftReply, sealReply } from "../cases/reply.ts";
import { type Filer, type Filing, fileCase } from "../intake/file-case.ts";
import { execute, type On } from "../pipeline/execute.ts";
import type { TestKernel } from "./test-kernel.ts";

/** The people a petition meets at the first battalion, and its reviewer at the brigade. */
export interface Staff {
  readonly clerk: Actor;
  readonly officer: Actor;
  readonly handler: Actor;
  readonly signer: Actor;
  readonly reviewer: Actor;
}

export async function staffOf(t: TestKernel): Promise<Staff> {
  const at = (unit: "brigade" | "first", role: string) => [{ role, unit }];
  return {
    clerk: await t.person("文书", "first", at("first", "clerk")),
    officer: await t.person("干事", "first", at("first", "officer")),
    handler: await t.person("承办", "first", at("first", "handler")),
    signer: await t.person("营长", "first", at("first", "signer")),
    reviewer: await t.person("复查", "brigade", at("brigade", "reviewer")),
  };
}

export const byPerson = (t: TestKernel, caseId: string, actor: Actor, version?: number): On => ({
  caseId,
  version,
  key: t.key(),
  party: { kind: "person", actor },
});

export const byPetitioner = (t: TestKernel, caseId: string): On => ({
  caseId,
  key: t.key(),
  party: { kind: "petitioner" },
});

export async function file(t: TestKernel, more: Partial<Filing> = {}, by: Partial<Filer> = {}): Promise<string> {
  const filing: Filing = {
    key: t.key(),
    unitId: t.units.first,
    via: "online",
    channelKey: "online-petition/online",
    channelLabel: { "zh-CN": "网上信访", en: "Online petition" },
    purpose: "solve",
    title: "津贴少发一档",
    body: "3月调动后艰苦边远津贴少发一档，财务一直让等。",
    alreadyTried: "",
    desiredOutcome: "补发津贴",
    concernsLeader: false,
    urgentSafety: false,
    anonymity: "anonymous",
    headcount: 1,
    fileIds: [],
    locale: "zh-CN",
    ...more,
  };
  return (await fileCase(t.kernel, filing, { actor: "anonymous", petitionerId: null, ...by })).caseId;
}

/** A claim of route 6, as a clerk writes it down. */
export const claim = {
  category: "claim",
  track: "ordinary",
  subRoute: 6,
  confidentiality: 1,
  severity: "ordinary",
  topicIds: [],
  demands: [{ text: "补发少发的津贴", desiredOutcome: "补发" }],
  respondents: [],
  safetyAnswered: true,
  duplicatesChecked: true,
} as const;

export async function register(
  t: TestKernel,
  s: Pick<Staff, "clerk">,
  caseId: string,
  more: object = {},
): Promise<void> {
  await execute(t.kernel, registerCase, byPerson(t, caseId, s.clerk), { ...claim, ...more } as never);
}

/** Filed, registered, accepted, in the hands of a handler, heard. */
export async function inHandling(t: TestKernel, s: Staff, more: Partial<Filing> = {}): Promise<string> {
  const caseId = await file(t, more);
  await handlingOf(t, s, caseId);
  return caseId;
}

/** What was filed, taken up to the same point. */
export async function handlingOf(t: TestKernel, s: Staff, caseId: string): Promise<void> {
  await register(t, s, caseId);
  await execute(t.kernel, acceptCase, byPerson(t, caseId, s.officer), { office: "财务股", phone: "" });
  const naming = { handlerId: s.handler.personId, plan: "核对工资表", heardOn: null };
  await execute(t.kernel, assignHandler, byPerson(t, caseId, s.officer), naming);
  const heardOn = t.clock.now.toISOString().slice(0, 10);
  await execute(t.kernel, recordHeard, byPerson(t, caseId, s.handler), { heardOn, how: "电话听取" });
}

export async function latestLetter(t: TestKernel, caseId: string, code: string): Promise<string> {
  const { rows } = await t.database.pool.query<{ id: string }>(
    "select id from kernel.notices where case_id = $1 and code = $2 order by created_at desc, id desc limit 1",
    [caseId, code],
  );
  const [letter] = rows;
  if (!letter) throw new Error(`no ${code}`);
  return letter.id;
}

/** Drafted by the handler, approved, delivered. */
export async function reply(
  t: TestKernel,
  s: Staff,
  caseId: string,
  opinion = "予以补发",
  facts = "经查确有少发",
): Promise<void> {
  await draft(t, s, caseId, opinion, facts);
  await execute(t.kernel, sealReply, byPerson(t, caseId, s.signer), { noticeId: await latestLetter(t, caseId, "D14") });
  await execute(t.kernel, deliverReply, byPerson(t, caseId, s.officer), {
    noticeId: await latestLetter(t, caseId, "D14"),
    method: "portal",
    receivedOn: null,
    proof: "",
  });
}

export async function draft(
  t: TestKernel,
  s: Staff,
  caseId: string,
  opinion: string,
  facts = "经查确有少发",
): Promise<void> {
  const { rows } = await t.database.pool.query<{ id: string }>(
    "select id from kernel.demands where case_id = $1 order by no",
    [caseId],
  );
  await execute(t.kernel, draftReply, byPerson(t, caseId, s.handler), {
    kind: "solve",
    demands: rows.map((r) => ({
      demandId: r.id,
      outcome: "supported" as const,
      facts,
      opinion,
      basis: "津贴规定第三条",
      steps: "4月底前补发",
    })),
    summary: "补发津贴",
  });
}

/** The codes with which an act is refused; none where it is done. */
export const refusalOf = (act: Promise<unknown>): Promise<readonly string[]> =>
  act.then(
    () => [],
    (error: unknown) => {
      if (!(error instanceof DoorstepError)) throw error;
      return error.reasons.length > 0 ? error.reasons.map((r) => r.code) : [error.code];
    },
  );

/** A short-cut past the rules, for tests of what a rule cannot lead to. */
export const rows = async <R extends object>(
  t: TestKernel,
  sql: string,
  values: readonly unknown[] = [],
): Promise<R[]> => (await t.database.pool.query<R>(sql, [...values])).rows;
