import type { Acted, DemandOutcome, Text } from "@doorstep/contracts";
import { localDateOf } from "../clocks/local-time.ts";
import type { Kernel } from "../kernel.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import type { Scene } from "../life-cycle/rule.ts";
import { commonFacts } from "../notices/common-facts.ts";
import { issuedNotice } from "../notices/notice-row.ts";
import { nextNumber } from "../notices/number.ts";
import type { Command } from "../pipeline/execute.ts";
import type { Loaded } from "../pipeline/load-case.ts";
import { type UnitFacts, unitAndAncestors } from "../pipeline/unit-facts.ts";
import { acted, personOf } from "./acted.ts";
import { places, shelterOf } from "./reveal.ts";

interface Prepared {
  readonly unit: readonly UnitFacts[];
  readonly number: string;
}

const byRule: Text = { "zh-CN": "系统依规记录", en: "recorded by rule" };

/** No promise is open here: what both sides agreed on has been carried out. */
function howItEnded(c: LoadedCase): "agreementPerformed" | "reviewLapsed" | "reviewed" {
  if (c.level !== "handle") return "reviewed";
  return c.demands.some((d) => d.outcome === "mediated") ? "agreementPerformed" : "reviewLapsed";
}

function conclusion(k: Kernel, loaded: Loaded, s: Scene, p: Prepared, clerk: string) {
  const c = loaded.case;
  const { reveal } = shelterOf(k.keys, c);
  const reply = loaded.noticeRows.findLast((n) => n.code === "D14" || n.code === "D16");
  const sealedAt =
    typeof reply?.sealed_at === "string" ? localDateOf(new Date(reply.sealed_at).toISOString(), c.timeZone) : s.today;
  const deliveredOn = typeof reply?.delivered_on === "string" ? reply.delivered_on : sealedAt;
  return {
    ...commonFacts(k, "D24", c, p.unit, p.number, s.today),
    receivedOn: localDateOf(c.receivedAt, c.timeZone),
    repliedOn: sealedAt,
    deliveredOn,
    concludedOn: s.today,
    how: howItEnded(c),
    demands: c.demands.map((d) => ({
      no: d.no,
      text: reveal(places.demand(d.id, "text"), d.text),
      outcome: d.outcome as DemandOutcome,
      result: d.opinion ? reveal(places.demand(d.id, "opinion"), d.opinion) : "—",
    })),
    openCare: null,
    clerk,
  };
}

/** T25. The time for review has passed unused, nothing is open: the case is final; D24 says so to the petitioner. */
export const finaliseCase: Command<object, Acted> = {
  act: "finalise",
  async prepare(k: Kernel, c: LoadedCase, _i: object, s: Scene): Promise<Prepared> {
    const unit = await unitAndAncestors(k.pool, c.holderUnitId);
    const [issuer] = unit;
    if (!issuer) throw new Error("the holder is gone");
    return { unit, number: await nextNumber(k.pool, issuer, Number(s.today.slice(0, 4)), "D24") };
  },
  decide(k, loaded, s, _i, party, prepared) {
    const c = loaded.case;
    const p = prepared as Prepared;
    const clerk = party.kind === "person" ? party.actor.name : byRule["zh-CN"];
    return {
      result: acted(c, "final"),
      facts: { how: howItEnded(c) },
      rows: {
        notices: [
          issuedNotice(
            { keys: k.keys, organId: c.organId },
            {
              id: k.newId(),
              caseId: c.id,
              code: "D24",
              at: s.now.toISOString(),
              issuerUnitId: c.holderUnitId,
              draftedBy: personOf(party),
              facts: conclusion(k, loaded, s, p, clerk),
            },
            { posted: s.today },
          ),
        ],
      },
    };
  },
};

/** T27. The file is complete and the time for rating is over: nothing can be added but by reopening. */
export const archiveCase: Command<object, Acted> = {
  act: "archive",
  decide: (_k, loaded) => ({ result: acted(loaded.case, "archived"), facts: {} }),
};
