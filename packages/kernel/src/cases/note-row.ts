import type { Kernel } from "../kernel.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import type { ActingParty } from "../life-cycle/refusals.ts";
import { places, shelterOf } from "./reveal.ts";

export interface Note {
  readonly id?: string;
  readonly at: string;
  readonly text: string;
  readonly visibility: "petitioner" | "internal";
  readonly party: ActingParty;
}

/** A row of the thread; the office speaks by its unit, never by a person's name. */
export function noteRow(k: Kernel, c: LoadedCase, note: Note): object {
  const id = note.id ?? k.newId();
  const author = note.party.kind === "person" ? "office" : note.party.kind;
  return {
    id,
    case_id: c.id,
    at: note.at,
    author,
    author_id: note.party.kind === "person" ? note.party.actor.personId : null,
    unit_id: note.party.kind === "person" ? c.holderUnitId : null,
    mandate_id: (note.party.kind === "petitioner" && note.party.mandate?.id) || null,
    visibility: note.visibility,
    text: shelterOf(k.keys, c).protect(places.message(id), note.text),
  };
}
