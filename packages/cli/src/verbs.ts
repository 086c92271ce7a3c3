import type { Verb } from "./verb.ts";

/** Every verb with its file, loaded when it is called. */
export const verbs: Readonly<Record<string, () => Promise<Verb>>> = {
  admin: async () => (await import("./admin/admin.ts")).admin,
  demo: async () => (await import("./demo/demo.ts")).demo,
  import: async () => (await import("./import/import.ts")).importVerb,
  ledger: async () => (await import("./ledger/ledger.ts")).ledger,
};
