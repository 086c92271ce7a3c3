import {
  type Acted,
  DoorstepError,
  type divertInput,
  type guideInput,
  refuseRepeatInput,
  type reopenInput,
} from "@doorstep/contracts";
import type { z } from "zod";
import type { Kernel } from "../kernel.ts";
import { isBroken } from "../life-cycle/guards.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import { partyRefusals } from "../life-cycle/party-refusals.ts";
import type { ActingParty } from "../life-cycle/refusals.ts";
import { type Issuer, issued, issuerOf } from "../notices/issue.ts";
import { type Command, maySee } from "../pipeline/execute.ts";
import { type Loaded, loadCase } from "../pipeline/load-case.ts";
import { twoPerson } from "../proposals/two-person.ts";
import { casesOfSamePerson } from "../repeats/same-person.ts";
import { acted, personOf } from "./acted.ts";
import { unlinked } from "./links.ts";
import { noteRow } from "./note-row.ts";
import { released } from "./promises.ts";

type Typed<S extends z.ZodType> = Omit<z.output<S>, "caseId" | "version" | "key">;

/** Whoever ended it does not decide about that end a second time [SPEC §16(6)]. */
export function enderRow(c: LoadedCase, party: ActingParty, at: Date): readonly object[] {
  const me = personOf(party);
  return me ? [{ case_id: c.id, person_id: me, part: "ender", level: c.level, at: at.toISOString() }] : [];
}

/**
 * T8. The matter has a statutory route of its own [R22:31 (1)–(5)]: it ends here only when the body that is competent has
 * confirmed that it has it; D9 says where, how, and that the periods there run.
 */
export const divertCase: Command<Typed<typeof divertInput>, Acted> = {
  act: "divert",
  prepare: (k, c, _i, s) => issuerOf(k, c.holderUnitId, s, ["D9"]),
  checks: (c, s, i, party) => [
    ...partyRefusals("divert", c, party),
    ...(i.confirmedOn > s.today || i.confirmedOn < c.receivedAt.slice(0, 10) ? [{ code: "divert.confirmation" }] : []),
  ],
  decide: (k, loaded, s, i, party, prepared) => ({
    result: acted(loaded.case, "diverted"),
    facts: { route: i.route, confirmedOn: i.confirmedOn },
    patch: { subRoute: i.route },
    rows: {
      case_actors: enderRow(loaded.case, party, s.now),
      notices: [
        issued(
          { k, case: loaded.case, scene: s, party, issuer: prepared as Issuer },
          "D9",
          {
            why: i.reason,
            route: i.route,
            body: i.body,
            address: i.address,
            phone: i.phone || null,
            timeLimit: i.timeLimit,
            confirmation: { by: i.confirmedBy, on: i.confirmedOn, proof: i.proof },
            helper: null,
          },
          { posted: true },
        ),
      ],
    },
  }),
};

/** T9. Not a matter of this system: D9 names the right body; somebody of the unit stays at hand until contact is made. */
export const guideCase: Command<Typed<typeof guideInput>, Acted> = {
  act: "guide",
  prepare: (k, c, _i, s) => issuerOf(k, c.holderUnitId, s, ["D9"]),
  checks: (c, _s, _i, party) => partyRefusals("guide", c, party),
  decide: (k, loaded, s, i, party, prepared) => ({
    result: acted(loaded.case, "guided"),
    facts: { helper: i.helper !== "" },
    rows: {
      case_actors: enderRow(loaded.case, party, s.now),
      notices: [
        issued(
          { k, case: loaded.case, scene: s, party, issuer: prepared as Issuer },
          "D9",
          {
            why: i.reason,
            route: null,
            body: i.body,
            address: i.address,
            phone: i.phone || null,
            timeLimit: i.timeLimit,
            confirmation: null,
            helper: i.helper || null,
          },
          { posted: true },
        ),
      ],
    },
  }),
};

interface Repeat {
  readonly issuer: Issuer;
  readonly main: Loaded;
  readonly samePerson: boolean;
}
const repeatInput = refuseRepeatInput.omit({ caseId: true, version: true, key: true });
type RepeatInput = z.output<typeof repeatInput>;

/** The other case an act names by its number. @throws DoorstepError `case.notFound` */
export async function namedCase(
  k: Kernel,
  caseId: string,
  caseNo: string,
): Promise<{ readonly main: Loaded; readonly samePerson: boolean }> {
  const { rows } = await k.pool.query<{ id: string }>("select id from kernel.cases where case_no = $1", [caseNo]);
  const main = rows[0] && rows[0].id !== caseId ? await loadCase(k.pool, rows[0].id, "", "") : null;
  if (!main) throw new DoorstepError("case.notFound");
  return { main, samePerson: (await casesOfSamePerson(k, caseId)).includes(main.case.id) };
}

/** Concluded by a decision that was delivered; what was guided or diverted was never decided here [R22:36]. */
const isDecided = (main: Loaded): boolean =>
  ["final", "archived"].includes(main.case.status) &&
  main.case.notices.some((n) => ["D23", "D24"].includes(n.code) && n.state === "delivered");

/** The finished case whose facts and reasons come back; invisible answers like missing. */
const refuse: Command<RepeatInput, Acted> = {
  act: "refuseRepeat",
  async prepare(k, c, i, s): Promise<Repeat> {
    const { main, samePerson } = await namedCase(k, c.id, i.mainCaseNo);
    return { main, samePerson, issuer: await issuerOf(k, c.holderUnitId, s, ["D12"]) };
  },
  checks(c, _s, _i, party, prepared) {
    const { main, samePerson } = prepared as Repeat;
    const [before] = partyRefusals("refuseRepeat", c, party);
    if (before) return [before];
    if (!maySee(party, main.case, main.audience)) throw new DoorstepError("case.notFound");
    if (!isDecided(main)) return [{ code: "repeat.mainOpen" }];
    return samePerson ? [] : [{ code: "repeat.notSamePerson" }];
  },
  decide(k, loaded, s, i, party, prepared) {
    const { issuer, main } = prepared as Repeat;
    return {
      result: acted(loaded.case, "notReaccepted"),
      facts: { main: main.case.id },
      rows: {
        case_actors: enderRow(loaded.case, party, s.now),
        repeats: [
          {
            id: k.newId(),
            case_id: loaded.case.id,
            of_case_id: main.case.id,
            kind: "again",
            judged_by: personOf(party),
            at: s.now.toISOString(),
          },
        ],
        notices: [
          issued(
            { k, case: loaded.case, scene: s, party, issuer },
            "D12",
            { mainCaseNo: main.case.caseNo, reason: i.reason, help: i.help },
            { posted: true },
          ),
        ],
      },
    };
  },
};

/** T11. Same facts and same reasons as a finished case: proposed by one officer, confirmed by another [R22:36,37]. */
export const refuseRepeat = twoPerson(refuse, { second: [{ role: "officer", at: "holder" }], input: repeatInput });

const undecided = { outcome: null, facts: null, opinion: null, basis: null, steps: null };

/** A round of its own: what was decided, granted or passed on in the former one does not count in it. */
export const newRound = (c: LoadedCase) =>
  ({
    patch: { level: "handle", handlerId: null, heardOn: null, handlingUnitId: null, hops: 0 },
    handlingPath: null,
    demand_patch: c.demands.map((d) => ({ id: d.id, ...undecided })),
  }) as const;

/** T28. New facts, a promise that was not kept, or an order from above: it is taken up again, from registration on. */
export const reopenCase: Command<Typed<typeof reopenInput>, Acted> = {
  act: "reopen",
  checks(c, s, i) {
    const broken = c.commitments.some((p) => isBroken(p, s.today));
    const unfounded = i.ground === "promiseBroken" ? !broken : c.status === "replied";
    return unfounded ? [{ code: "commitment.noneBroken" }] : [];
  },
  decide(k, loaded, s, i, party) {
    const c = loaded.case;
    const { demand_patch, ...round } = newRound(c);
    return {
      result: acted(c, "registered"),
      facts: { ground: i.ground },
      ...round,
      // what the former reply promised goes with it, as after a quash
      dropsMarks: ["extended", "newFacts", "fulfilling"],
      rows: {
        demand_patch,
        commitment_patch: released(c),
        link_patch: unlinked(c, s.now),
        messages: [noteRow(k, c, { at: s.now.toISOString(), text: i.reason, visibility: "petitioner", party })],
      },
    };
  },
};
