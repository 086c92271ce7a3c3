import { type Output, UsageError, type Verb } from "../verb.ts";
import { withPlatform } from "../with-platform.ts";

/** Asks every check over every case, as the nightly run does, and keeps what it finds. */
async function run(output: Output): Promise<number> {
  const { proofChecks, prove } = await import("@doorstep/kernel");
  const proof = await withPlatform(output, { plugins: [] }, ({ kernel }) => prove(kernel, { wait: true }));
  if (!proof) throw new Error("a proof that waits for its turn always runs");
  const found = proofChecks.filter(({ id }) => (proof.counts[id] ?? 0) > 0);
  if (output.json) output.out(JSON.stringify({ ok: found.length === 0, cases: proof.cases, counts: proof.counts }));
  else {
    output.out(`${proof.cases} cases, ${proofChecks.length} checks.`);
    for (const { id, name } of found) output.out(`${proof.counts[id]} x ${name.en} (${name["zh-CN"]})`);
    output.out(
      found.length === 0 ? "Nothing is stuck." : "Somebody must look at these: they stand on the page of the proof.",
    );
  }
  return found.length === 0 ? 0 : 1;
}

/** Proves now, instead of at night, that no case is stuck. */
export const proof: Verb = {
  summary: "prove over all cases that none is stuck and none was lost",
  usage: "doorstep proof        asks every check now; exit code 1 when something was found",
  run: (args, output) => {
    if (args.length > 0) throw new UsageError("This verb takes nothing.");
    return run(output);
  },
};
