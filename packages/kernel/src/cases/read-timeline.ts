import type { timelineItem } from "@doorstep/contracts";
import type { z } from "zod";
import type { Actor } from "../actor.ts";
import { publicEvents } from "../intake/public-events.ts";
import type { Kernel } from "../kernel.ts";
import { eventNames } from "../ledger/event-names.ts";
import { assertMaySee } from "./read-case.ts";

interface Input {
  readonly caseId: string;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** The case's own chain, oldest first: who did what when, in words; `actor` is a name or what stands for one. */
export async function readTimeline(
  k: Kernel,
  actor: Actor,
  input: Input,
): Promise<{ items: z.output<typeof timelineItem>[]; nextCursor: string | null }> {
  await assertMaySee(k, actor, input.caseId);
  const after = Number.parseInt(input.cursor ?? "0", 10) || 0;
  const { rows } = await k.pool.query<{
    seq: number;
    at: Date;
    type: keyof typeof eventNames;
    actor: string;
    name: string | null;
  }>(
    `select l.seq, l.at, l.type, l.actor, p.name from kernel.ledger l
       left join kernel.people p on l.actor = 'person:' || p.id
      where l.stream = $1 and l.seq > $2 order by l.seq limit $3`,
    [input.caseId, after, input.limit + 1],
  );
  const shown = rows.slice(0, input.limit);
  return {
    items: shown.map((r) => ({
      seq: r.seq,
      at: r.at.toISOString(),
      type: r.type,
      text: eventNames[r.type],
      actor: r.name ?? r.actor,
      visibility: r.type in publicEvents ? "petitioner" : "internal",
    })),
    nextCursor: rows.length > input.limit ? String(shown.at(-1)?.seq) : null,
  };
}
