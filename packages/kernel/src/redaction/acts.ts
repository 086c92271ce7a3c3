import { type Acted, type coverInput, DoorstepError, states, type uncoverInput } from "@doorstep/contracts";
import type { z } from "zod";
import { acted, personOf } from "../cases/acted.ts";
import { places, shelterOf } from "../cases/reveal.ts";
import type { Kernel } from "../kernel.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import type { Scene } from "../life-cycle/rule.ts";
import { wordsOfCase } from "../organs/reseal.ts";
import type { Command, SideAct } from "../pipeline/execute.ts";
import { wordsCovered } from "./circle.ts";
import { COVER, coverOf } from "./cover.ts";

type Typed<S extends z.ZodType> = Omit<z.output<S>, "caseId" | "version" | "key">;

const MOST = 50;

const common: Pick<SideAct, "from" | "to" | "guards" | "clocks" | "who"> = {
  from: states,
  to: "same",
  who: [
    { role: "handler", at: "case" },
    { role: "clerk", at: "holder" },
    { role: "officer", at: "holder" },
    { role: "discipline", at: "organ" },
  ],
  guards: [],
  clocks: [],
};

interface Found {
  readonly texts: readonly string[];
  readonly known: readonly string[];
}

/** Somebody marks words of the case with a reason: from now on nobody outside of the circle reads them, in any text of it. */
export const coverWords: Command<Typed<typeof coverInput>, Acted> = {
  act: { ...common, act: "cover", entry: "case.wordsCovered" },
  prepare: async (k, c): Promise<Found> => ({ texts: await wordsOfCase(k, c), known: wordsCovered(k, c) }),
  checks(c, _s, i, _party, prepared) {
    const { texts, known } = prepared as Found;
    const cover = coverOf([i.words]);
    return [
      ...(texts.some((text) => cover(text) !== text) ? [] : [{ code: "redaction.notFound" }]),
      ...(known.includes(i.words) ? [{ code: "redaction.known" }] : []),
      ...(c.redactions.length >= MOST ? [{ code: "redaction.many", params: { most: MOST } }] : []),
    ];
  },
  decide(k, loaded, s, i, party, prepared) {
    const c = loaded.case;
    const id = k.newId();
    const cover = coverOf([i.words]);
    const spots = (prepared as Found).texts.reduce(
      (n, text) => n + cover(text).split(COVER).length - text.split(COVER).length,
      0,
    );
    return {
      result: acted(c),
      facts: { redaction: id, kind: i.kind, reason: i.reason, places: spots },
      rows: {
        redactions: [
          {
            id,
            case_id: c.id,
            words: shelterOf(k.keys, c).protect(places.redaction(id), i.words),
            kind: i.kind,
            reason: i.reason,
            marked_by: personOf(party),
            marked_at: s.now.toISOString(),
          },
        ],
      },
    };
  },
};

/** The same marks in a case that gets these texts of this one, under its own key. */
export const marksIn = (
  k: Pick<Kernel, "keys" | "newId">,
  from: LoadedCase,
  to: Pick<LoadedCase, "id" | "organId">,
  s: Scene,
  by: string | null,
  texts: readonly string[],
): readonly object[] => {
  const words = wordsCovered(k, from);
  return from.redactions.flatMap((one, n) => {
    const cover = coverOf([words[n] ?? ""]);
    // a mark that covers nothing there would only tell of this case
    if (texts.every((text) => cover(text) === text)) return [];
    const id = k.newId();
    return {
      id,
      case_id: to.id,
      words: shelterOf(k.keys, to).protect(places.redaction(id), words[n] ?? ""),
      kind: one.kind,
      reason: one.reason,
      marked_by: by,
      marked_at: s.now.toISOString(),
    };
  });
};

const markOf = (c: LoadedCase, id: string): LoadedCase["redactions"][number] => {
  const one = c.redactions.find((r) => r.id === id);
  if (!one) throw new DoorstepError("redaction.none");
  return one;
};

/** What was covered for a time is uncovered; what was covered for good stays so. */
export const uncoverWords: Command<Typed<typeof uncoverInput>, Acted> = {
  act: { ...common, act: "uncover", entry: "case.wordsUncovered" },
  checks: (c, _s, i) => (markOf(c, i.redactionId).kind === "permanent" ? [{ code: "redaction.permanent" }] : []),
  decide(_k, loaded, s, i, party) {
    const one = markOf(loaded.case, i.redactionId);
    return {
      result: acted(loaded.case),
      facts: { redaction: one.id },
      rows: { redaction_patch: [{ id: one.id, lifted_by: personOf(party), lifted_at: s.now.toISOString() }] },
    };
  },
};

export const redactionActs = [coverWords.act, uncoverWords.act] as readonly SideAct[];
