import type { replyInput } from "@doorstep/contracts";
import type { z } from "zod";
import type { Kernel } from "../kernel.ts";
import { revealFacts } from "../notices/notice-row.ts";
import type { Loaded, NoticeRow } from "../pipeline/load-case.ts";

type Answers = Pick<z.output<typeof replyInput>, "demands">;

interface Said {
  readonly no: number;
  readonly outcome: string;
  readonly facts?: string;
  readonly basis?: string;
}

/** Spaces, punctuation, width and case make no new reason. */
const plain = (words: string | undefined): string =>
  (words ?? "")
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\p{P}\p{S}\p{Z}\s]/gu, "");

const factsOf = (k: Kernel, loaded: Loaded, letter: NoticeRow): Record<string, unknown> =>
  revealFacts({ keys: k.keys, organId: loaded.case.organId }, letter.id, letter.facts) as Record<string, unknown>;

/** The demands as the quashed reply answered them; `null` where nothing is being decided again. */
function quashedReply(k: Kernel, loaded: Loaded): readonly Said[] | null {
  const { noticeRows } = loaded;
  const decided = noticeRows.findLastIndex((n) => n.code === "D22");
  const [review] = decided < 0 ? [] : [noticeRows[decided]];
  if (!review || factsOf(k, loaded, review).outcome !== "quashed") return null;
  const reply = noticeRows.slice(0, decided).findLast((n) => n.code === "D14" || n.code === "D16");
  return reply ? (factsOf(k, loaded, reply).demands as readonly Said[]) : null;
}

/**
 * Whether the answer gives the quashed opinion again: every demand with the same outcome on the same facts and for the
 * same reasons [SD15:45; SPEC §16(18)]. Other words for the opinion itself do not make it another one.
 */
export function repeatsQuashed(k: Kernel, loaded: Loaded, answers: Answers): boolean {
  const before = quashedReply(k, loaded);
  if (!before || before.length === 0) return false;
  return before.every((said) => {
    const demand = loaded.case.demands.find((d) => d.no === said.no);
    const now = answers.demands.find((a) => a.demandId === demand?.id);
    return (
      now !== undefined &&
      now.outcome === said.outcome &&
      plain(now.facts) === plain(said.facts) &&
      plain(now.basis) === plain(said.basis)
    );
  });
}
