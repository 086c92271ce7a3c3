import { readFile } from "node:fs/promises";
import { type ArchiveProof, type LetterProof, noticeNames } from "@doorstep/contracts";
import { type Output, UsageError, type Verb } from "../verb.ts";
import { withPlatform } from "../with-platform.ts";

const verdicts: Readonly<Record<LetterProof["state"], string>> = {
  genuine: "Genuine: sealed here, unchanged, and in the ledger.",
  unrecorded: "NOT proved: signed with a key of this house, but the ledger does not hold it.",
  changed: "NOT genuine: the file is not as it was sealed.",
  unmarked: "NOT proved: the file says nothing of a seal of this house.",
};

async function verify(file: string, output: Output): Promise<number> {
  const { verifyArchiveFile, verifyLetter } = await import("@doorstep/kernel");
  const bytes = await readFile(file).catch(() => {
    throw new UsageError(`"${file}" cannot be read.`);
  });
  const proof = await withPlatform(
    output,
    { plugins: [] },
    async ({ kernel }) => (await verifyArchiveFile(kernel, bytes)) ?? (await verifyLetter(kernel, bytes)),
  );
  if (output.json) output.out(JSON.stringify(proof));
  else for (const line of [verdicts[proof.state], ...whichOne(proof)]) output.out(line);
  return proof.state === "genuine" ? 0 : 1;
}

function whichOne(proof: ArchiveProof | LetterProof): readonly string[] {
  if ("archive" in proof) return proof.archive ? [`File of ${proof.archive.caseNo}, made ${proof.archive.madeAt}`] : [];
  const { letter } = proof;
  return letter ? [`${noticeNames[letter.code].en} ${letter.number}, ${letter.locale}, sealed ${letter.sealedAt}`] : [];
}

/** Tells a letter, or the file of a case, of this house from a changed or a foreign one, by its PDF alone. */
export const letter: Verb = {
  summary: "prove that the PDF of a letter or of a case file was sealed here and is unchanged",
  usage: "doorstep letter verify <file.pdf>        exit code 1 when it is not genuine",
  run: async (args, output) => {
    const [what, file, ...more] = args;
    if (what !== "verify" || file === undefined || file.startsWith("-") || more.length > 0)
      throw new UsageError("Say what to do: verify <file.pdf>.");
    return verify(file, output);
  },
};
