import type { Acted, reportConclusionInput, Text } from "@doorstep/contracts";
import type { z } from "zod";
import { localDateOf } from "../clocks/local-time.ts";
import type { Kernel } from "../kernel.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import { guard } from "../life-cycle/rule.ts";
import { type Issuer, issued, issuerOf } from "../notices/issue.ts";
import type { Command, SideAct } from "../pipeline/execute.ts";
import type { Loaded, NoticeRow } from "../pipeline/load-case.ts";
import { unitAndAncestors } from "../pipeline/unit-facts.ts";
import { acted } from "./acted.ts";
import { places, shelterOf } from "./reveal.ts";
import { replyLetters } from "./waiting-letters.ts";

type Typed<S extends z.ZodType> = Omit<z.output<S>, "caseId" | "version" | "key">;

/**
 * The clock of the report that whoever handles the case owes to the unit that assigned it, also where a dispute was designated to
 * another one since; those of assisting units are their own. Nobody reports to himself.
 */
export const reportClock = (c: LoadedCase) =>
  c.assignment && c.assignment.fromUnitId !== (c.handlingUnitId ?? c.holderUnitId)
    ? c.clocks.findLast((x) => x.code === "K5" && x.state !== "stopped" && !c.assists.some((a) => a.clockId === x.id))
    : undefined;

const reportOwed = guard("assignment.none", "R22:22(3)", (c) => reportClock(c) !== undefined);

export const reporting: SideAct = {
  act: "reportConclusion",
  from: ["replied", "review", "rereview", "final"],
  to: "same",
  who: [
    { role: "officer", at: "holder" },
    { role: "officer", at: "handling" },
  ],
  guards: [reportOwed],
  clocks: [{ do: "stop", role: "assignedReport" }],
  notice: ["D31"],
  entry: "assignment.reported",
};

const methods: Readonly<Record<string, Text>> = {
  portal: { "zh-CN": "发布在信访人的查询页面", en: "posted in the petitioner's case" },
  hand: { "zh-CN": "当面送达", en: "by hand" },
  post: { "zh-CN": "邮寄送达", en: "by post" },
};
const said = (zh: string, en: string): Text => ({ "zh-CN": zh, en });

/** What was posted counts as received on a day to come; what is reported is the day on which it was done. */
function handedOn(c: LoadedCase, n: NoticeRow | undefined): string | null {
  if (typeof n?.delivered_on !== "string") return null;
  return n.method === "portal" ? localDateOf(String(n.sent_at), c.timeZone) : n.delivered_on;
}

const designatedOn = ({ lastLeg, timeZone }: LoadedCase): string | null =>
  lastLeg?.kind === "designate" ? localDateOf(lastLeg.sentAt, timeZone) : null;

/** The days that count, as the case knows them. */
function processOf({ case: c, noticeRows }: Loaded, reply: NoticeRow | undefined) {
  const steps: readonly (readonly [string | null, Text])[] = [
    [localDateOf(c.assignment?.sentAt ?? c.receivedAt, c.timeZone), said("收到交办件", "assignment received")],
    [designatedOn(c), said("被指定办理", "designated to handle it")],
    [
      handedOn(
        c,
        noticeRows.findLast((n) => n.code === "D8"),
      ),
      said("受理", "accepted"),
    ],
    [c.heardOn, said("听取信访人陈述", "petitioner heard")],
    [handedOn(c, reply), said("送达答复", "reply handed over")],
  ];
  return steps.flatMap(([on, what]) => (on === null ? [] : [{ on, what }]));
}

function deliveryOf(k: Kernel, c: LoadedCase, reply: NoticeRow | undefined) {
  const on = handedOn(c, reply);
  const method = methods[String(reply?.method)];
  if (!reply || on === null || !method) return null;
  const proof = typeof reply.proof === "string" && reply.proof ? reply.proof : null;
  return { method, on, proof: proof && shelterOf(k.keys, c).reveal(places.notice(reply.id, "proof"), proof) };
}

interface Prepared {
  readonly issuer: Issuer;
  readonly toUnit: Text;
}

/** T4 asks for it: D31 goes to the unit that assigned the case, within the days of the assignment (K5). */
export const reportConclusion: Command<Typed<typeof reportConclusionInput>, Acted> = {
  act: reporting,
  async prepare(k, c, _i, s): Promise<Prepared> {
    const issuer = await issuerOf(k, c.handlingUnitId ?? c.holderUnitId, s, ["D31"]);
    const [sender] = await unitAndAncestors(k.pool, c.assignment?.fromUnitId ?? c.holderUnitId);
    return { issuer, toUnit: sender?.name ?? issuer.unit[0].name };
  },
  decide(k, loaded, s, i, party, prepared) {
    const c = loaded.case;
    const { issuer, toUnit } = prepared as Prepared;
    const { reveal } = shelterOf(k.keys, c);
    const reply = loaded.noticeRows.findLast((n) => replyLetters.some((code) => code === n.code));
    const shown = (d: LoadedCase["demands"][number], field: "facts" | "opinion" | "basis"): string =>
      reveal(places.demand(d.id, field), d[field] ?? "") || "—";
    return {
      result: acted(c),
      facts: { toUnit: c.assignment?.fromUnitId ?? null, leg: c.assignment?.no ?? null },
      only: reportClock(c)?.id ?? "",
      rows: {
        notices: [
          issued(
            { k, case: c, scene: s, party, issuer },
            "D31",
            {
              toUnit,
              about: "assignment",
              process: processOf(loaded, reply),
              demands: c.demands.map((d) => ({
                no: d.no,
                text: reveal(places.demand(d.id, "text"), d.text),
                outcome: d.outcome ?? "explained",
                facts: shown(d, "facts"),
                opinion: shown(d, "opinion"),
                basis: shown(d, "basis"),
              })),
              finding: null,
              delivery: deliveryOf(k, c, reply),
              attitude: i.attitude,
              execution: i.execution,
            },
            { posted: false },
          ),
        ],
      },
    };
  },
};
