import { fileKeys } from "./file-keys.ts";
import { kinships } from "./kinships.ts";
import { links } from "./links.ts";
import { organRecords } from "./organ-records.ts";
import { organWords } from "./organ-words.ts";
import { pseudonyms } from "./pseudonyms.ts";
import type { RekeyStep } from "./rekey-step.ts";
import { wrappedKeys } from "./wrapped-keys.ts";

/** Everything of the kernel that lies under the master key, in the order in which it changes. */
export const rekeySteps: readonly RekeyStep[] = [
  links,
  wrappedKeys({ id: "persons", table: "vault.persons", place: ({ id }) => `dek:${id}` }),
  wrappedKeys({ id: "corrections", table: "vault.corrections", place: ({ id }) => `dek:${id}` }),
  kinships,
  pseudonyms,
  fileKeys,
  organWords,
  organRecords,
];
