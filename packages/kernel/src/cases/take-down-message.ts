import { type Acted, DoorstepError, states, type Text } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { assertOpenToModule } from "../case-data/open-to-module.ts";
import type { Kernel } from "../kernel.ts";
import { type Command, execute, type SideAct } from "../pipeline/execute.ts";
import { acted } from "./acted.ts";
import { noteRow } from "./note-row.ts";

/** What he wrote, and how and when it came. */
export interface WordsOfPetitioner {
  readonly text: string;
  readonly fileIds: readonly string[];
  /** local date of the unit that holds the petition */
  readonly receivedOn: string;
  readonly channelLabel: Text;
}

/** Whoever registers petitions: where it is held, where it was passed on from, and above; a mailbox does not move with it. */
const takeDown: SideAct = {
  act: "takeDownMessage",
  from: states,
  to: "same",
  who: [
    { role: "clerk", at: "holder" },
    { role: "officer", at: "holder" },
    { role: "clerk", at: "sender" },
    { role: "officer", at: "sender" },
    { role: "clerk", at: "above" },
    { role: "officer", at: "above" },
  ],
  guards: [],
  clocks: [],
  entry: "case.messageSent",
};

/** The petitioner's own later words, which somebody else brings into the file: his message, with who took it down. */
const takeDownMessage: Command<WordsOfPetitioner, Acted> = {
  act: takeDown,
  checks: (_c, s, i) => (i.receivedOn > s.today ? [{ code: "intake.receivedLater" }] : []),
  decide(k, loaded, s, i, party) {
    const c = loaded.case;
    const id = k.newId();
    const at = s.now.toISOString();
    const his = noteRow(k, c, { id, at, text: i.text, visibility: "petitioner", party: { kind: "petitioner" } });
    return {
      result: acted(c),
      facts: {
        message: id,
        visibility: "petitioner",
        files: i.fileIds.length,
        takenDown: true,
        receivedOn: i.receivedOn,
      },
      patch: { petitionerWroteAt: at },
      rows: {
        messages: [
          {
            ...his,
            taken_by: party.kind === "person" ? party.actor.personId : null,
            received_on: i.receivedOn,
            channel_label_zh: i.channelLabel["zh-CN"],
            channel_label_en: i.channelLabel.en,
          },
        ],
        file_claims: i.fileIds.map((file) => ({ id: file, case_id: c.id, message_id: id, visibility: "petitioner" })),
      },
    };
  },
};

/**
 * Lays into a petition what its petitioner wrote later by a channel of the office's: a letter, a mail.
 *
 * @param words - without a label: by a channel that is on at the unit
 * @throws DoorstepError `case.notFound`, `forbidden`, `intake.channelClosed`, `file.notFound`, `key.reused`; `module.sealed`
 * for accusations; `act.refused` with `intake.receivedLater`
 */
export async function takeDownWords(
  k: Kernel,
  by: Actor,
  caseId: string,
  {
    key,
    unitId,
    channel,
    ...words
  }: Omit<WordsOfPetitioner, "channelLabel"> & {
    readonly key: string;
    readonly unitId: string;
    readonly channel: string;
  },
): Promise<void> {
  await assertOpenToModule(k, by, caseId);
  const offered = await k.channels.at(unitId, channel);
  if (!offered) throw new DoorstepError("intake.channelClosed");
  const on = { caseId, key, party: { kind: "person", actor: by } } as const;
  await execute(k, takeDownMessage, on, { ...words, channelLabel: offered.label });
}
