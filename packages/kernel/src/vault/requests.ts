import { type Acted, DoorstepError, type IdentityRequestState, states } from "@doorstep/contracts";
import { acted, personOf } from "../cases/acted.ts";
import { places, shelterOf } from "../cases/reveal.ts";
import type { Kernel } from "../kernel.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import type { ActingParty } from "../life-cycle/refusals.ts";
import type { Refusal, Who } from "../life-cycle/rule.ts";
import type { Command, SideAct } from "../pipeline/execute.ts";

/** A row of vault.requests, its words as stored. */
export interface RequestRow {
  readonly id: string;
  readonly case_id: string;
  readonly kind: "open" | "relay";
  readonly reason: string;
  readonly message: string | null;
  readonly asked_by: string;
  readonly asked_at: Date;
  readonly state: IdentityRequestState;
  readonly decision: string | null;
  readonly decided_by: string | null;
  readonly decided_at: Date | null;
  readonly tell_after: string | null;
  readonly second: string | null;
  readonly second_by: string | null;
  readonly second_at: Date | null;
}

const HOUR_MS = 3_600_000;
/** What was granted is used within a day, or asked for again. */
const VALID_HOURS = 24;
/** The petitioner learns of it at the latest after so long, whatever was decided. */
const MOST_DAYS_UNTOLD = 90;

const sameOrgan: Who = { role: "discipline", at: "organ" };
const askers: readonly Who[] = [
  { role: "handler", at: "case" },
  { role: "officer", at: "holder" },
  { role: "signer", at: "holder" },
  { role: "reviewer", at: "holder" },
  { role: "custodian", at: "holder" },
  sameOrgan,
];
const keepers: readonly Who[] = [{ role: "custodian", at: "holder" }, sameOrgan];
/** beside another custodian, whoever leads the unit */
const seconds: readonly Who[] = [...keepers, { role: "signer", at: "holder" }, { role: "chargeLeader", at: "holder" }];

/** Sensitive or confidential: the custodian alone does not open it. In an organ the officer who decides is the second. */
export const needsSecond = (c: LoadedCase): boolean =>
  c.organId === null && (c.confidentiality > 1 || c.anonymity === "confidential");

const within = (act: string, who: readonly Who[], entry: SideAct["entry"]): SideAct => ({
  act,
  from: states,
  to: "same",
  who,
  guards: [],
  clocks: [],
  entry,
});

export async function requestOf(k: Kernel, caseId: string, requestId: string): Promise<RequestRow> {
  const { rows } = await k.pool.query<RequestRow>("select * from vault.requests where id = $1 and case_id = $2", [
    requestId,
    caseId,
  ]);
  const [row] = rows;
  if (!row) throw new DoorstepError("vault.requestNotFound");
  return row;
}

interface Asked {
  readonly kind: "open" | "relay";
  readonly reason: string;
  readonly message: string;
}

/** Somebody who has to know asks the custodian: to open who it is, or to pass something on without telling him. */
export const askIdentity: Command<Asked, Acted> = {
  act: within("askIdentity", askers, "access.identityAsked"),
  checks: (c, _s, i): readonly Refusal[] => [
    ...(c.anonymity === "anonymous" ? [{ code: "vault.nothing" }] : []),
    ...(i.kind === "relay" && i.message === "" ? [{ code: "vault.messageMissing" }] : []),
  ],
  decide(k, loaded, s, i, party) {
    const c = loaded.case;
    const id = k.newId();
    const { protect } = shelterOf(k.keys, c);
    return {
      result: acted(c),
      facts: { request: id, kind: i.kind },
      rows: {
        requests: [
          {
            id,
            case_id: c.id,
            kind: i.kind,
            reason: protect(places.request(id, "reason"), i.reason),
            message: i.kind === "relay" ? protect(places.request(id, "message"), i.message) : null,
            asked_by: personOf(party),
            asked_at: s.now.toISOString(),
            state: "open",
          },
        ],
      },
    };
  },
};

interface Decided {
  readonly requestId: string;
  readonly grant: boolean;
  readonly reason: string;
  readonly tellAfter: string | null;
}

const after = (row: RequestRow, c: LoadedCase, i: Decided): IdentityRequestState => {
  if (!i.grant) return "refused";
  if (row.kind === "relay") return "passedOn";
  return needsSecond(c) && row.state === "open" ? "waitingSecond" : "granted";
};

const isMine = (party: ActingParty, ...people: readonly (string | null)[]): boolean => people.includes(personOf(party));

/** Custodian first; where the matter asks for it another person after him. Nobody decides on what he asked himself. */
export const decideIdentity = (step: "custodian" | "second"): Command<Decided, Acted> => ({
  act: within(
    step === "custodian" ? "decideIdentity" : "secondIdentity",
    step === "custodian" ? keepers : seconds,
    "access.identityDecided",
  ),
  prepare: (k, c, i) => requestOf(k, c.id, i.requestId),
  checks(_c, s, i, party, prepared): readonly Refusal[] {
    const row = prepared as RequestRow;
    const latest = new Date(s.now.getTime() + MOST_DAYS_UNTOLD * 24 * HOUR_MS).toISOString().slice(0, 10);
    if (row.state !== (step === "custodian" ? "open" : "waitingSecond")) return [{ code: "vault.requestDecided" }];
    return [
      ...(isMine(party, row.asked_by, row.decided_by) ? [{ code: "vault.samePerson" }] : []),
      ...(i.tellAfter !== null && i.tellAfter > latest
        ? [{ code: "vault.tellAfter", params: { days: MOST_DAYS_UNTOLD } }]
        : []),
    ];
  },
  decide(k, loaded, s, i, party, prepared) {
    const row = prepared as RequestRow;
    const c = loaded.case;
    const at = s.now.toISOString();
    const said = shelterOf(k.keys, c).protect(
      places.request(row.id, step === "custodian" ? "decision" : "second"),
      i.reason,
    );
    const state = after(row, c, i);
    const mine =
      step === "custodian"
        ? { decision: said, decided_by: personOf(party), decided_at: at, tell_after: i.tellAfter }
        : { second: said, second_by: personOf(party), second_at: at };
    return {
      result: acted(c),
      facts: { request: row.id, askedBy: row.asked_by, outcome: state },
      rows: { request_patch: [{ ...row, ...mine, state }] },
    };
  },
});

/** Until when what was granted may be used by whoever asked. */
export const validUntil = (row: RequestRow): Date | null => {
  const at = row.second_at ?? row.decided_at;
  return row.state === "granted" && at ? new Date(at.getTime() + VALID_HOURS * HOUR_MS) : null;
};

/** Requests under which somebody may open who it is: granted and still valid, or a message to be passed on. */
export async function lawOf(k: Kernel, c: LoadedCase, now: Date): Promise<readonly RequestRow[]> {
  const { rows } = await k.pool.query<RequestRow>(
    `select * from vault.requests where case_id = $1 and (state = 'granted' or kind = 'relay' and state = 'open')
      order by coalesce(second_at, decided_at, asked_at) desc`,
    [c.id],
  );
  return rows.filter((row) => (validUntil(row) ?? OPEN) > now);
}
const OPEN = new Date(8_640_000_000_000_000);

/** What was granted opens it for who asked, a message to be passed on for the custodian who is to do it. */
export const opensFor = (row: RequestRow, party: ActingParty): boolean => {
  if (party.kind !== "person") return false;
  const { actor } = party;
  if (row.state === "granted") return row.asked_by === actor.personId;
  return row.asked_by !== actor.personId && actor.grants.some((g) => g.role === "custodian" || g.role === "discipline");
};
