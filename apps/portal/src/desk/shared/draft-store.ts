/** Where drafts lie; the browser's `localStorage` fits. */
export interface TextStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface DraftStore {
  read<T extends object>(place: string): T | undefined;
  write(place: string, value: object): void;
  clear(place: string): void;
}

const PREFIX = "doorstep.desk.draft";

/**
 * Keeps what somebody is writing on his own device, apart for each person: at a shared computer nobody finds another
 * one's text in his form. A full or forbidden storage only means that there is no draft.
 */
export function createDraftStore(storage: TextStorage, personId: string): DraftStore {
  const keyOf = (place: string) => `${PREFIX}:${personId}:${place}`;
  return {
    read: <T extends object>(place: string) => {
      try {
        const found: unknown = JSON.parse(storage.getItem(keyOf(place)) ?? "null");
        return typeof found === "object" && found !== null ? (found as T) : undefined;
      } catch {
        return undefined;
      }
    },
    write: (place, value) => {
      try {
        storage.setItem(keyOf(place), JSON.stringify(value));
      } catch {
        // No room or no permission: the text stays on the screen.
      }
    },
    clear: (place) => {
      try {
        storage.removeItem(keyOf(place));
      } catch {
        // As above.
      }
    },
  };
}
