import {
  type Acted,
  type answerErasureInput,
  type askErasureInput,
  type correctOwnInput,
  states,
} from "@doorstep/contracts";
import type { z } from "zod";
import { acted } from "../cases/acted.ts";
import { noteRow } from "../cases/note-row.ts";
import { places, shelterOf } from "../cases/reveal.ts";
import { guard } from "../life-cycle/rule.ts";
import type { Command, SideAct } from "../pipeline/execute.ts";
import { tagsOf } from "../vault/person-tags.ts";
import { hex, sealRecord } from "../vault/seal.ts";
import { personOfCase } from "./identity.ts";

type Typed<S extends z.ZodType> = Omit<z.output<S>, "caseId" | "version" | "key">;

const own: Pick<SideAct, "from" | "to" | "who" | "clocks"> = {
  from: states,
  to: "same",
  who: [{ role: "petitioner", at: "case" }],
  clocks: [],
};
/** Of somebody anonymous nothing is held that could be corrected. */
const named = guard("vault.nothing", "PIPL:46", (c) => c.anonymity !== "anonymous");

/** He corrects what is held on him; the first words stay beside it [SPEC §16(3)]. */
export const correctOwn: Command<Typed<typeof correctOwnInput>, Acted> = {
  act: { ...own, act: "correctOwn", guards: [named], entry: "data.corrected" },
  prepare: (k, c) => personOfCase(k, c.id),
  checks: (_c, _s, _i, _party, person) => (person ? [] : [{ code: "vault.nothing" }]),
  decide(k, loaded, s, i, _party, prepared) {
    const person = prepared as NonNullable<Awaited<ReturnType<typeof personOfCase>>>;
    const id = k.newId();
    const words = {
      ...(i.name !== undefined && { name: i.name }),
      ...(i.contact !== undefined && { contact: i.contact }),
    };
    const record = sealRecord(k.keys.kek, id, JSON.stringify(words));
    return {
      result: acted(loaded.case),
      facts: { fields: Object.keys(words) },
      rows: {
        corrections: [
          {
            id,
            case_id: loaded.case.id,
            kek: record.kek,
            dek: hex(record.dek),
            ct: hex(record.ct),
            at: s.now.toISOString(),
          },
        ],
        ...(i.contact !== undefined && {
          tags: tagsOf(k.keys, { contact: i.contact }).map(({ kind, tag }) => ({
            kind,
            tag: hex(tag),
            person_id: person.id,
          })),
        }),
      },
    };
  },
};

/** He wishes that what is held on him be deleted; a person answers, with the rules of keeping. */
export const askErasure: Command<Typed<typeof askErasureInput>, Acted> = {
  act: {
    ...own,
    act: "askErasure",
    guards: [],
    without: ["erasureAsked"],
    sets: "erasureAsked",
    entry: "data.erasureAsked",
  },
  decide(k, loaded, s, i) {
    const c = loaded.case;
    const id = k.newId();
    const at = s.now.toISOString();
    return {
      result: acted(c),
      facts: {},
      patch: { petitionerWroteAt: at },
      rows: {
        messages: [
          {
            id,
            case_id: c.id,
            at,
            author: "petitioner",
            author_id: null,
            unit_id: null,
            visibility: "petitioner",
            text: shelterOf(k.keys, c).protect(places.message(id), i.text),
            read_at: null,
          },
        ],
      },
    };
  },
};

/** Granted, the link to him goes as soon as the case is archived; the file itself is kept for its time. */
export const answerErasure: Command<Typed<typeof answerErasureInput>, Acted> = {
  act: {
    act: "answerErasure",
    from: states,
    to: "same",
    with: ["erasureAsked"],
    clears: "erasureAsked",
    who: [
      { role: "officer", at: "holder" },
      { role: "discipline", at: "organ" },
    ],
    guards: [],
    clocks: [],
    entry: "data.erasureDecided",
  },
  decide(k, loaded, s, i, party) {
    const c = loaded.case;
    const at = s.now.toISOString();
    const marks = c.marks.filter((mark) => mark !== "erasureAsked" && mark !== "erasureGranted");
    return {
      result: acted(c),
      facts: { answer: i.answer },
      marks: i.answer === "granted" ? [...marks, "erasureGranted"] : marks,
      rows: { messages: [noteRow(k, c, { at, text: i.reason, visibility: "petitioner", party })] },
    };
  },
};

export const ownDataActs = [correctOwn.act, askErasure.act, answerErasure.act] as readonly SideAct[];
