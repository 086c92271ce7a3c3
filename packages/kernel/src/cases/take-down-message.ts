import { type Acted, DoorstepError, states, type Text } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { assertOpenToModule } from "../case-data/open-to-module.ts";
import type { Kernel } from "../kernel.ts";
import { type Command, execute, type SideAct } from "../pipeline/execute.ts";
import { hmacSha256 } from "../vault/key-object.ts";
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

/** The same words, which somebody else laid in meanwhile. */
class LaidAlready extends Error {}

/** Of the key alone: whoever lays the same words in, under whatever name, writes the same message. */
function messageIdOf(k: Pick<Kernel, "keys">, key: string): string {
  const hex = hmacSha256(k.keys.code).update(`laid\0${key}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The petitioner's own later words, which somebody else brings into the file: his message, with who took it down. */
const takeDownMessage = (messageId: string): Command<WordsOfPetitioner, Acted> => ({
  act: takeDown,
  async prepare(k) {
    const { rowCount } = await k.pool.query("select from kernel.messages where id = $1", [messageId]);
    if (rowCount !== 0) throw new LaidAlready();
  },
  checks: (_c, s, i) => (i.receivedOn > s.today ? [{ code: "intake.receivedLater" }] : []),
  decide(k, loaded, s, i, party) {
    const c = loaded.case;
    const id = messageId;
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
});

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
  try {
    await execute(k, takeDownMessage(messageIdOf(k, key)), on, { ...words, channelLabel: offered.label });
  } catch (error) {
    if (!(error instanceof LaidAlready)) throw error;
  }
}
