import type { Verb } from "./verb.ts";

/** Every verb with its file, loaded when it is called. */
export const verbs: Readonly<Record<string, () => Promise<Verb>>> = {
  add: async () => (await import("./author/create-verbs.ts")).add,
  admin: async () => (await import("./admin/admin.ts")).admin,
  backup: async () => (await import("./backup/backup.ts")).backup,
  build: async () => (await import("./author/author-verbs.ts")).build,
  create: async () => (await import("./author/create-verbs.ts")).create,
  demo: async () => (await import("./demo/demo.ts")).demo,
  dev: async () => (await import("./author/clone/dev.ts")).dev,
  doctor: async () => (await import("./author/doctor.ts")).doctor,
  export: async () => (await import("./backup/export.ts")).exportVerb,
  import: async () => (await import("./import/import.ts")).importVerb,
  keys: async () => (await import("./keys/keys.ts")).keys,
  ledger: async () => (await import("./ledger/ledger.ts")).ledger,
  letter: async () => (await import("./letter/letter.ts")).letter,
  modules: async () => (await import("./author/modules.ts")).modules,
  proof: async () => (await import("./proof/proof.ts")).proof,
  restore: async () => (await import("./backup/restore.ts")).restore,
  sign: async () => (await import("./author/author-verbs.ts")).sign,
  verify: async () => (await import("./author/author-verbs.ts")).verify,
};
