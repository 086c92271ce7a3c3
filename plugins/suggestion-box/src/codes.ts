import { createHash, randomInt } from "node:crypto";

const GROUPS = 4;

/** What opens a suggestion for whoever wrote it: sixteen random digits in groups of four. */
export const newCode = (): string =>
  Array.from({ length: GROUPS }, () => String(randomInt(10_000)).padStart(4, "0")).join("-");

/** As a code is kept: only its digits count, and nobody reads the code from it. */
export const hashOf = (code: string): Uint8Array =>
  createHash("sha256")
    .update(`suggestion-box ${code.normalize("NFKC").replaceAll(/\D/g, "")}`)
    .digest();
