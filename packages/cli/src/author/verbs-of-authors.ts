import type { Verb } from "../verb.ts";

/** What an author needs beside his module, without a platform. */
export const authorVerbs: Readonly<Record<string, () => Promise<Verb>>> = {
  add: async () => (await import("./create-verbs.ts")).add,
  build: async () => (await import("./author-verbs.ts")).build,
  doctor: async () => (await import("./doctor.ts")).doctor,
  sign: async () => (await import("./author-verbs.ts")).sign,
  verify: async () => (await import("./author-verbs.ts")).verify,
};
