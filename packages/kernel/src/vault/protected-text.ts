import type { Keys } from "./keys.ts";
import { open, seal } from "./seal.ts";

/** How protected text begins. */
export const MARK = "c3:1:";

/** C3 text is kept encrypted under the discipline organ's key; other text as it is. `place` names table, column and row. */
export const protectText = (keys: Keys, organId: string | null, place: string, plain: string): string =>
  organId === null ? plain : MARK + seal(keys.organ(organId).key, plain, place).toString("base64");

export const revealText = (keys: Keys, organId: string | null, place: string, stored: string): string =>
  organId === null || !stored.startsWith(MARK)
    ? stored
    : open(keys.organ(organId).key, Buffer.from(stored.slice(MARK.length), "base64"), place).toString("utf8");
