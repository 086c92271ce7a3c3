import type { Rotated } from "@doorstep/server";
import { optionsOf, progressTo } from "../backup/house-options.ts";
import { type Output, UsageError, type Verb } from "../verb.ts";

const flags = { "new-key": { type: "string" } } as const;

function tell(done: Rotated, output: Output): void {
  if (output.json) {
    output.out(JSON.stringify({ ok: true, ...done }));
    return;
  }
  const all = Object.values(done.counts).reduce((sum, n) => sum + n, 0);
  output.out(`The key is now version ${done.to}: ${done.newKey}\n${all} pieces of data lie under it.`);
  output.err(
    done.oldKey === null
      ? "Let DOORSTEP_KEY_FILE or DOORSTEP_KEY_COMMAND give the new key before the next start."
      : `The old key is in ${done.oldKey}. Only backups made before need it: put it away with them.`,
  );
  output.err("Print the new key or write it down: doorstep backup --keys <file>. Then make a backup.");
}

/** `doorstep keys rotate`: another master key, with everything that lies under it. */
export const keys: Verb = {
  summary: "put everything under a new master key",
  usage: [
    "doorstep keys rotate [--new-key <file>] [--json]",
    "      while no server runs; broken off, it goes on when it is run again",
    "      --new-key: where the new key stands or is made, for keys that a command or a secret mount gives",
  ].join("\n"),
  async run(args, output) {
    const { values, positionals } = optionsOf(args, flags);
    if (positionals.length !== 1 || positionals[0] !== "rotate") throw new UsageError("Say what to do with the keys.");
    const { readEnv, rotateKeys } = await import("@doorstep/server");
    const newKey = values["new-key"];
    const progress = progressTo(output.err);
    const done = await rotateKeys({
      place: readEnv(),
      ...(newKey !== undefined && { newKey }),
      print: output.err,
      now: () => new Date(),
      onProgress: (what, n) => progress(what, n, 0),
    });
    tell(done, output);
    return 0;
  },
};
