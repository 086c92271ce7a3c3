import type { MandateScope, MandateView } from "@doorstep/contracts";
import type { ClientBase } from "pg";
import { localDateOf } from "../clocks/local-time.ts";
import type { Kernel } from "../kernel.ts";
import type { Refusal } from "../life-cycle/rule.ts";

/** By which somebody acts in the petitioner's place at this moment. */
export interface Mandate {
  readonly id: string;
  readonly filed: boolean;
  readonly scope: readonly MandateScope[];
  readonly consent: "given" | "notYet";
}

/** What each act needs; whatever does not stand here is the petitioner's own. */
const needed: Readonly<Record<string, MandateScope>> = {
  write: "speak",
  askRecusal: "speak",
  answerCheckIn: "speak",
  worseAgain: "speak",
  bringNewFacts: "speak",
  contest: "appeal",
  requestReview: "appeal",
  requestRereview: "appeal",
  closeMediation: "settle",
  askWithdrawal: "settle",
  takeBackWithdrawal: "settle",
  withdraw: "settle",
  fulfil: "settle",
  sayMissing: "settle",
  answerNewDate: "settle",
  rate: "settle",
};

/** Why an act goes beyond the mandate [SPEC §7 "exceed mandate"]; what cannot be undone needs the petitioner's consent. */
export function beyondMandate(mandate: Mandate, act: string): readonly Refusal[] {
  if (act === "endMandate") return [];
  const scope = needed[act];
  if (scope === undefined) return [{ code: "mandate.own" }];
  if (!mandate.scope.includes(scope)) return [{ code: "mandate.scope" }];
  return scope === "settle" && mandate.consent !== "given" ? [{ code: "mandate.consent" }] : [];
}

interface Row {
  readonly id: string;
  readonly filed: boolean;
  readonly kind: MandateView["kind"];
  readonly relation: MandateView["relation"];
  readonly scope: MandateView["scope"];
  readonly consent: MandateView["consent"];
  readonly given_at: Date;
  readonly until: string | null;
  readonly ended_at: Date | null;
}

const COLUMNS = "id, filed, kind, relation, scope, consent, given_at, until, ended_at";

const isActive = (row: Row, today: string): boolean =>
  row.ended_at === null && row.consent !== "refused" && (row.until === null || row.until >= today);

/** As what a co-signer of a joint petition stands among them. */
export const CO_SIGNER = "coSigner";

/** He signed a joint petition. */
export const isCoSigner = (one: Pick<MandateView, "relation">): boolean => one.relation === CO_SIGNER;

/** Who speaks for the petitioner, for others to read: who signed and only follows is counted, never listed. */
export const thoseWhoSpeak = (mandates: readonly MandateView[]): readonly MandateView[] =>
  mandates.filter((one) => !isCoSigner(one) || one.scope.length > 0);

/** Everybody who speaks or spoke for the petitioner, in the order in which it was given. */
export async function mandatesOf(
  db: Pick<ClientBase, "query">,
  caseId: string,
  today: string,
): Promise<readonly MandateView[]> {
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from kernel.mandates where case_id = $1 order by given_at, id`,
    [caseId],
  );
  return rows.map((row) => ({
    id: row.id,
    filed: row.filed,
    kind: row.kind,
    relation: row.relation,
    scope: row.scope,
    consent: row.consent,
    givenAt: row.given_at.toISOString(),
    until: row.until,
    state: isActive(row, today) ? "active" : "ended",
  }));
}

/**
 * By what right somebody has a case before him: the code that was handed to him, or the petition's own, which belongs
 * to whoever filed for somebody else for as long as he may.
 *
 * @returns `null` when his mandate is over: then there is no case for him.
 */
export async function rightOver(
  k: Pick<Kernel, "pool" | "now">,
  caseId: string,
  mandateId: string | null,
): Promise<{ readonly mandate: Mandate | null } | null> {
  const { rows } = await k.pool.query<Row & { readonly time_zone: string }>({
    name: "right_over_case",
    text: `select m.*, u.time_zone from kernel.mandates m join kernel.cases c on c.id = m.case_id
        join kernel.units u on u.id = c.holder_unit_id
      where m.case_id = $1 and (m.id = $2 or $2::uuid is null and m.filed)`,
    values: [caseId, mandateId],
  });
  const [row] = rows;
  if (!row) return mandateId === null ? { mandate: null } : null;
  if (!isActive(row, localDateOf(k.now().toISOString(), row.time_zone)) || row.consent === "refused") return null;
  return { mandate: { id: row.id, filed: row.filed, scope: row.scope, consent: row.consent } };
}
