import { type Answers, mayKeep, noAnswers } from "./answers.ts";
import type { PetitionInput } from "./petition-input.ts";

/** A file chosen for the petition; it waits on this device until it has been sent. */
export interface Attachment {
  readonly key: string;
  readonly name: string;
  readonly size: number;
  readonly content: Blob;
  readonly state: "waiting" | "sending" | "sent" | "failed";
  /** From 0 to 1 while it is being sent. */
  readonly progress: number;
  readonly id?: string;
  /** How it was sent: a file sent with cookies is never used for an anonymous petition. */
  readonly sentAnonymously?: boolean;
  /** The code of the refusal. */
  readonly error?: unknown;
}

/** `textOnly` leaves out the files that did not get through. */
export type HowToSend = "withFiles" | "textOnly";

/** A draft that nobody has touched for so long is deleted when it is found. */
export const DRAFT_DAYS = 30;
const DAY_MS = 86_400_000;

export interface Filing {
  readonly answers: Answers;
  readonly attachments: readonly Attachment[];
  /** One act, one key: the same petition sent twice is filed once. */
  readonly key: string;
  /** What has been sent under this key, with whatever outcome; sent again it is the same to the letter. */
  readonly attempted: PetitionInput | null;
  /** It was sent without a network, and is to be sent in this way as soon as there is one. */
  readonly waiting: HowToSend | null;
  readonly savedAt: string | null;
}

/** Where drafts are kept between visits. */
export interface DraftDisk {
  read(): Promise<Filing | undefined>;
  write(filing: Filing): Promise<void>;
  clear(): Promise<void>;
}

export interface FilingStoreDeps {
  readonly disk: DraftDisk;
  readonly newKey: () => string;
  /** The instant, ISO 8601. */
  readonly now: () => string;
  /** Calls back after a moment without further changes. */
  readonly later: (act: () => void) => void;
}

export interface FilingStore {
  readonly get: () => Filing;
  /** Whether the draft of an earlier visit has been looked for. */
  readonly ready: () => boolean;
  readonly subscribe: (tell: () => void) => () => void;
  readonly load: () => Promise<void>;
  readonly answer: (changes: Partial<Answers>) => void;
  readonly attach: (attachments: (before: readonly Attachment[]) => readonly Attachment[]) => void;
  readonly attempt: (input: PetitionInput) => void;
  /** Sends it by itself when there is a network again, or no longer; any change of the words ends the waiting. */
  readonly wait: (how: HowToSend | null) => void;
  /** Keeps the draft now instead of in a moment: a page that is left must not lose the last choice. */
  readonly flush: () => Promise<void>;
  readonly clear: () => Promise<void>;
}

/**
 * Holds one petition while it is written. A change after it has been sent makes a new act of it: the key of an act
 * stands for exactly one content, so that a retry cannot file twice and a correction is not mistaken for a retry.
 */
export function createFilingStore(deps: FilingStoreDeps): FilingStore {
  const fresh = (): Filing => ({
    answers: noAnswers,
    attachments: [],
    key: deps.newKey(),
    attempted: null,
    waiting: null,
    savedAt: null,
  });
  const listeners = new Set<() => void>();
  let filing = fresh();
  let loading: Promise<void> | undefined;
  let ready = false;

  const set = (next: Filing): void => {
    filing = next;
    for (const tell of listeners) tell();
  };
  const save = async (): Promise<void> => {
    if (!mayKeep(filing.answers)) {
      await deps.disk.clear();
      if (filing.savedAt !== null) set({ ...filing, savedAt: null });
      return;
    }
    const savedAt = deps.now();
    await deps.disk.write({ ...filing, savedAt });
    set({ ...filing, savedAt });
  };
  // A full or forbidden disk must not disturb the writing; the page then does not say "saved".
  const saveLater = (): void => deps.later(() => void save().catch(() => undefined));
  const change = (changes: Partial<Filing>): void => {
    const renewed = filing.attempted ? { key: deps.newKey(), attempted: null } : {};
    set({ ...filing, ...renewed, ...changes });
    saveLater();
  };

  return {
    get: () => filing,
    ready: () => ready,
    subscribe: (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    load: () => {
      loading ??= deps.disk
        .read()
        .catch(() => undefined)
        .then((found) => {
          ready = true;
          if (found && isOver(found, deps.now())) {
            void deps.disk.clear().catch(() => undefined);
            return set(filing);
          }
          // What was being sent when the page closed has to be sent again.
          const attachments = found?.attachments.map((file) =>
            file.state === "sending" ? { ...file, state: "waiting" as const, progress: 0 } : file,
          );
          // What an earlier release kept lacks what came later.
          const answers = { ...noAnswers, ...found?.answers };
          const { attempted, waiting = null } = (found ?? filing) as Filing & { readonly waiting?: HowToSend | null };
          const sent = typeof attempted === "object" ? attempted : null;
          set(found ? { ...found, answers, attempted: sent, waiting, attachments: attachments ?? [] } : filing);
        });
      return loading;
    },
    answer: (changes) => change({ answers: { ...filing.answers, ...changes }, waiting: null }),
    attach: (attachments) => change({ attachments: attachments(filing.attachments) }),
    attempt: (attempted) => {
      set({ ...filing, attempted });
      saveLater();
    },
    wait: (waiting) => {
      set({ ...filing, waiting });
      void save().catch(() => undefined);
    },
    flush: async () => {
      if (ready) await save().catch(() => undefined);
    },
    clear: async () => {
      set(fresh());
      await deps.disk.clear().catch(() => undefined);
    },
  };
}

const isOver = ({ savedAt }: Filing, now: string): boolean =>
  savedAt !== null && Date.parse(now) - Date.parse(savedAt) > DRAFT_DAYS * DAY_MS;

/** The files that this petition may claim: sent, and in the way its identity demands. */
export function claimable(attachments: readonly Attachment[], anonymous: boolean): readonly string[] {
  return attachments.flatMap((file) =>
    file.state === "sent" && file.id !== undefined && file.sentAnonymously === anonymous ? [file.id] : [],
  );
}

/** The files that still have to be sent, or sent anew because the identity was changed afterwards. */
export function unsent(attachments: readonly Attachment[], anonymous: boolean): readonly Attachment[] {
  return attachments.filter((file) => file.state !== "sent" || file.sentAnonymously !== anonymous);
}
