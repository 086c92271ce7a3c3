import { type Acted, DoorstepError, type decideRereviewInput, type Text } from "@doorstep/contracts";
import type { z } from "zod";
import { partyRefusals } from "../life-cycle/party-refusals.ts";
import { transitionOf } from "../life-cycle/table.ts";
import { type Issuer, issued, issuerOf } from "../notices/issue.ts";
import type { Command, SideAct } from "../pipeline/execute.ts";
import { unitAndAncestors } from "../pipeline/unit-facts.ts";
import { type Signed, signerOf } from "../signatures/own-signature.ts";
import { acted, personOf } from "./acted.ts";
import { places, shelterOf } from "./reveal.ts";
import { changedDemands, type OpenRequest, openRequest, originalLetter, unnamed } from "./review.ts";

type Input = Omit<z.output<typeof decideRereviewInput>, "caseId" | "version" | "key">;

const takeUp: SideAct = {
  act: "acceptReview",
  from: ["review", "rereview"],
  to: "same",
  who: transitionOf("decideReview").who,
  guards: [],
  clocks: [{ do: "stop", role: "acceptReview" }],
  entry: "case.reviewTakenUp",
};

const isTakenUp = (clocks: readonly { readonly code: string; readonly state: string }[]): boolean =>
  clocks.findLast((k) => k.code === "K13")?.state === "stopped";

/** The body says within K13 that it has taken the request up; the petitioner reads it in his history [SD15:43]. */
export const acceptReview: Command<object, Acted> = {
  act: takeUp,
  checks: (c, _s, _i, party) => {
    const own = partyRefusals("acceptReview", c, party);
    if (own.length > 0) return own;
    return isTakenUp(c.clocks) ? [{ code: "review.takenUp" }] : [];
  },
  decide: (_k, loaded) => ({ result: acted(loaded.case), facts: { level: loaded.case.status } }),
};

interface Prepared {
  readonly issuer: Issuer;
  readonly request: OpenRequest;
  readonly reviewUnit: Text;
  readonly signed: Signed;
}

/** T24. The last decision, by somebody who never acted: final, no further review, said so in D23 [R22:36]. */
export const decideRereview: Command<Input, Acted> = {
  act: "decideRereview",
  async prepare(k, c, _i, s, party): Promise<Prepared> {
    const request = await openRequest(k, c);
    const [issuer, [body]] = await Promise.all([
      issuerOf(k, c.holderUnitId, s, ["D23"]),
      unitAndAncestors(k.pool, request.ofUnitId),
    ]);
    if (!body) throw new DoorstepError("unit.notFound");
    return { issuer, request, reviewUnit: body.name, signed: await signerOf(k, party) };
  },
  checks(c, _s, i, party) {
    const own = partyRefusals("decideRereview", c, party);
    if (own.length > 0) return own;
    return i.outcome === "changed" ? unnamed(c, i.demands) : [];
  },
  decide(k, loaded, s, i, party, prepared) {
    const { issuer, request, reviewUnit, signed } = prepared as Prepared;
    const c = loaded.case;
    const at = s.now.toISOString();
    const { protect, reveal } = shelterOf(k.keys, c);
    const me = personOf(party);
    const changed = i.outcome === "changed";
    const before = originalLetter(k, loaded, s.today, ["D22"]);
    const outcomeOf = (demandId: string) => i.demands.find((d) => d.demandId === demandId)?.outcome;
    const decided = c.demands.map((d) => ({
      no: d.no,
      text: reveal(places.demand(d.id, "text"), d.text),
      outcome: (changed ? outcomeOf(d.id) : undefined) ?? d.outcome ?? "explained",
    }));
    return {
      result: acted(c, "final"),
      facts: { review: request.id, outcome: i.outcome, outcomes: decided.map((d) => d.outcome) },
      patch: { level: "rereview" },
      rows: {
        review_patch: [
          {
            id: request.id,
            outcome: i.outcome,
            facts: protect(places.review(request.id, "facts"), i.facts),
            opinion: protect(places.review(request.id, "opinion"), i.opinion),
            basis: protect(places.review(request.id, "basis"), i.basis),
            redo_due_on: null,
            decided_by: me,
            decided_at: at,
          },
        ],
        ...(changed && { demand_patch: changedDemands(k, c, i) }),
        case_actors: me ? [{ case_id: c.id, person_id: me, part: "reviewer", level: "rereview", at }] : [],
        notices: [
          issued(
            { k, case: c, scene: s, party, issuer },
            "D23",
            {
              reviewUnit,
              reviewNumber: before.number,
              reviewIssuedOn: before.issuedOn,
              requestedOn: request.requestedOn,
              request: reveal(places.review(request.id, "text"), request.text),
              outcome: i.outcome,
              facts: i.facts,
              opinion: i.opinion,
              basis: i.basis,
              demands: decided,
              ...signed,
            },
            { posted: true },
          ),
        ],
      },
    };
  },
};
