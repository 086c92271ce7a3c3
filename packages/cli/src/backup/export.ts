import { UsageError, type Verb } from "../verb.ts";
import { backUpNow } from "./backup.ts";
import { optionsOf, passphraseIn } from "./house-options.ts";

/** `doorstep export --all`: the house as a file, to move it to another server. */
export const exportVerb: Verb = {
  summary: "write everything into one locked file, to move to another server (import --all takes it)",
  usage: "doorstep export --all <file> [--passphrase-file <file>] [--json]",
  async run(args, output) {
    const { values, positionals } = optionsOf(args, {
      all: { type: "boolean" },
      "passphrase-file": { type: "string" },
    });
    const [to, ...more] = positionals;
    if (!values.all || to === undefined || more.length > 0) throw new UsageError("Say --all, and name one file.");
    return await backUpNow("export", { to, passphrase: passphraseIn(values["passphrase-file"]) }, output);
  },
};
