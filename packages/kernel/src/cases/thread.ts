import { type Acted, states } from "@doorstep/contracts";
import type { Command, SideAct } from "../pipeline/execute.ts";
import { acted } from "./acted.ts";
import { noteRow } from "./note-row.ts";

interface Input {
  readonly text: string;
  readonly visibility: "petitioner" | "internal";
  readonly fileIds: readonly string[];
}

const write: SideAct = {
  act: "write",
  from: states,
  to: "same",
  who: [
    { role: "petitioner", at: "case" },
    { role: "handler", at: "case" },
    { role: "clerk", at: "holder" },
    { role: "officer", at: "holder" },
    { role: "signer", at: "holder" },
    { role: "reviewer", at: "holder" },
    { role: "discipline", at: "organ" },
    { role: "system", at: "anywhere" },
  ],
  guards: [],
  clocks: [],
  entry: "case.messageSent",
};

/** A message in the two-way thread, or an internal note; files are claimed with it. */
export const writeMessage: Command<Input, Acted> = {
  act: write,
  decide(k, loaded, s, i, party) {
    const c = loaded.case;
    const id = k.newId();
    const at = s.now.toISOString();
    const visibility = party.kind === "petitioner" ? "petitioner" : i.visibility;
    return {
      result: acted(c),
      facts: { message: id, visibility, files: i.fileIds.length },
      ...(party.kind === "petitioner" && { patch: { petitionerWroteAt: at } }),
      rows: {
        messages: [noteRow(k, c, { id, at, text: i.text, visibility, party })],
        file_claims: i.fileIds.map((file) => ({ id: file, case_id: c.id, message_id: id, visibility })),
      },
    };
  },
};
