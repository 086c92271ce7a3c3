import { type Acted, DoorstepError, type mergeInput, type unmergeInput } from "@doorstep/contracts";
import type { z } from "zod";
import { localDateOf } from "../clocks/local-time.ts";
import type { Kernel } from "../kernel.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import type { Refusal, Scene } from "../life-cycle/rule.ts";
import { type Issuer, issued, issuerOf } from "../notices/issue.ts";
import { type Command, maySee } from "../pipeline/execute.ts";
import { type Loaded, loadCase } from "../pipeline/load-case.ts";
import { unitAndAncestors } from "../pipeline/unit-facts.ts";
import { marksIn } from "../redaction/acts.ts";
import { acted, personOf } from "./acted.ts";
import { enderRow, namedCase } from "./ends.ts";
import { besideOf, mainOf, unlinked } from "./links.ts";
import { noteRow } from "./note-row.ts";
import { places, shelterOf } from "./reveal.ts";

type MergeInput = Omit<z.output<typeof mergeInput>, "caseId" | "version" | "key">;
type UnmergeInput = Omit<z.output<typeof unmergeInput>, "caseId" | "version" | "key">;

interface Prepared {
  readonly issuer: Issuer;
  readonly main: Loaded;
  readonly mainUnit: Issuer["unit"][0]["name"];
  readonly samePerson: boolean;
  /** the registered text, which the main case gets whole */
  readonly body: string;
  /** whom the petitioner does not want near it: not near the main case either */
  readonly unwanted: readonly Unwanted[];
}

const underWay: readonly string[] = ["registered", "routed", "accepted", "inHandling"];
/** Periods within which the main case is to be decided and answered. */
const duties: readonly string[] = ["K2", "K4", "K6", "K8", "K9"];
const dutiesOf = (c: LoadedCase) => c.clocks.filter((k) => duties.includes(k.code) && k.state !== "stopped");

/** Joined only to what is being handled within its time: whoever was left waiting is not sent back to wait [R22:19]. */
function mainRefusals(c: LoadedCase, main: LoadedCase, s: Scene): readonly Refusal[] {
  if (!underWay.includes(main.status) || main.marks.includes("withdrawing")) return [{ code: "merge.mainNotOpen" }];
  if (dutiesOf(main).some((k) => k.dueOn < s.today)) return [{ code: "merge.mainLate" }];
  // what stands in it must not come before more people than before
  return main.confidentiality < c.confidentiality ? [{ code: "merge.lessSheltered" }] : [];
}

async function bodyOf(k: Kernel, c: LoadedCase): Promise<string> {
  const { rows } = await k.pool.query<{ body: string }>("select body from kernel.cases where id = $1", [c.id]);
  return shelterOf(k.keys, c).reveal(places.case(c.id, "body"), rows[0]?.body ?? "");
}

interface Unwanted {
  readonly person_id: string;
  readonly state: string;
  readonly reason: string;
  readonly decided_by: string | null;
}

async function unwantedIn(k: Kernel, c: LoadedCase): Promise<readonly Unwanted[]> {
  const { rows } = await k.pool.query<Unwanted>(
    `select person_id, state, reason, decided_by from kernel.recusals
      where case_id = $1 and source = 'petitioner' and state <> 'refused'`,
    [c.id],
  );
  const { reveal } = shelterOf(k.keys, c);
  return rows.map((row) => ({ ...row, reason: reveal(places.recusal(c.id, row.person_id), row.reason) }));
}

/** The same wishes in the main case, under its own key. */
function wishesIn(k: Kernel, main: LoadedCase, unwanted: readonly Unwanted[], at: string): readonly object[] {
  const { protect } = shelterOf(k.keys, main);
  return unwanted.map((one) => ({
    ...one,
    case_id: main.id,
    source: "petitioner",
    reason: protect(places.recusal(main.id, one.person_id), one.reason),
    at,
  }));
}

/** What the main case gets: where it came from, what is new in it, and the whole text. */
const copied = (c: LoadedCase, newFacts: string, body: string): string =>
  [`并入 / Joined: ${c.caseNo} (${localDateOf(c.receivedAt, c.timeZone)})`, newFacts, body]
    .filter(Boolean)
    .join("\n\n");

/** T10. The same person's same matter, being handled within its time: it goes on there, with what is new in this one. */
export const mergeCase: Command<MergeInput, Acted> = {
  act: "merge",
  async prepare(k, c, i, s): Promise<Prepared> {
    const { main, samePerson } = await namedCase(k, c.id, i.mainCaseNo);
    const [issuer, [unit], body, unwanted] = await Promise.all([
      issuerOf(k, c.holderUnitId, s, ["D11"]),
      unitAndAncestors(k.pool, main.case.holderUnitId),
      bodyOf(k, c),
      unwantedIn(k, c),
    ]);
    if (!unit) throw new DoorstepError("unit.notFound");
    return { issuer, main, mainUnit: unit.name, samePerson, body, unwanted };
  },
  checks(c, s, _i, party, prepared) {
    const { main, samePerson } = prepared as Prepared;
    // invisible answers like missing
    if (!maySee(party, main.case, main.audience)) throw new DoorstepError("case.notFound");
    return samePerson ? mainRefusals(c, main.case, s) : [{ code: "merge.notSamePerson" }];
  },
  decide(k, loaded, s, i, party, prepared) {
    const { issuer, main, mainUnit, body, unwanted } = prepared as Prepared;
    const c = loaded.case;
    const at = s.now.toISOString();
    const text = copied(c, i.newFacts, body);
    return {
      result: acted(c, "merged"),
      facts: { main: main.case.id, newFacts: i.newFacts !== "" },
      rows: {
        case_actors: enderRow(c, party, s.now),
        case_links: [{ id: k.newId(), case_id: c.id, other_case_id: main.case.id, kind: "mergedInto", at }],
        notices: [
          issued(
            { k, case: c, scene: s, party, issuer },
            "D11",
            {
              mainCaseNo: main.case.caseNo,
              mainUnit,
              mainDueOn:
                dutiesOf(main.case)
                  .map((x) => x.dueOn)
                  .sort()
                  .at(-1) ?? null,
              reason: i.reason,
              newFacts: i.newFacts || null,
              contestUnit: issuer.unit.slice(1)[0]?.name ?? null,
            },
            { posted: true },
          ),
        ],
      },
      beside: [
        besideOf(
          k,
          main,
          { act: "takeIn", entry: "case.joined", party },
          {
            facts: { from: c.id },
            rows: {
              messages: [noteRow(k, main.case, { at, text, visibility: "internal", party })],
              recusals: wishesIn(k, main.case, unwanted, at),
              // the text comes with it, and so does what is covered in it
              redactions: marksIn(k, c, main.case, s, personOf(party), [text]),
            },
          },
        ),
      ],
    };
  },
};

/** T10 undone: it was another matter after all. Its time counts from the day it came in, as if it had not been joined. */
export const unmergeCase: Command<UnmergeInput, Acted> = {
  act: "unmerge",
  async prepare(k, c): Promise<Loaded> {
    const main = await loadCase(k.pool, mainOf(c) ?? c.id, "", "");
    if (!main || main.case.id === c.id) throw new DoorstepError("case.notFound");
    return main;
  },
  decide(k, loaded, s, i, party, prepared) {
    const main = prepared as Loaded;
    const c = loaded.case;
    const at = s.now.toISOString();
    const note = { at, text: `${c.caseNo}: ${i.reason}`, visibility: "internal", party } as const;
    return {
      result: acted(c, "registered"),
      facts: { main: main.case.id },
      dropsMarks: ["newFacts"],
      startsOn: { route: localDateOf(c.receivedAt, c.timeZone) },
      rows: {
        link_patch: unlinked(c, s.now),
        messages: [noteRow(k, c, { at, text: i.reason, visibility: "petitioner", party })],
      },
      beside: [
        besideOf(
          k,
          main,
          { act: "giveBack", entry: "case.parted", party },
          {
            facts: { from: c.id },
            rows: { messages: [noteRow(k, main.case, note)] },
          },
        ),
      ],
    };
  },
};
