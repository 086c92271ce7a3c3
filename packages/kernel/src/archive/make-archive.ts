import type { archiveFile, archiveInput } from "@doorstep/contracts";
import { DoorstepError } from "@doorstep/contracts";
import type { z } from "zod";
import { readCase } from "../cases/read-case.ts";
import { readTimeline } from "../cases/read-timeline.ts";
import { ledgerActorOf } from "../change.ts";
import { recordAccess } from "../ledger/record-access.ts";
import { sealKeyOf } from "../ledger/seal-keys.ts";
import { allTexts, missingIn, withCharactersNamed } from "../letters/letter-fonts.ts";
import { drawDocument } from "../letters/render-letter.ts";
import { isTemplate, letterParts } from "../notices/letter-parts.ts";
import { loadWhole } from "../notices/load-whole.ts";
import { isInCircle } from "../redaction/circle.ts";
import { type RequestContext, signedIn } from "../request-context.ts";
import { archiveDefinition, facesOf } from "./archive-layout.ts";
import { fileHash, markedArchive } from "./archive-mark.ts";
import { keptFilesOf } from "./kept-files.ts";
import { ledgerProofOf } from "./ledger-proof.ts";

const AT_ONCE = 500;

async function wholeTimeline(ctx: RequestContext, caseId: string) {
  const items: Awaited<ReturnType<typeof readTimeline>>["items"] = [];
  for (let cursor: string | undefined; ; ) {
    const next = await readTimeline(ctx.kernel, signedIn(ctx), { caseId, limit: AT_ONCE, ...(cursor && { cursor }) });
    items.push(...next.items);
    if (next.nextCursor === null) return items;
    cursor = next.nextCursor;
  }
}

/** Characters that no font has are named by their number: a case is never kept out of the archive for one. */
const drawable = <T>(value: T): T => withCharactersNamed(value, missingIn(allTexts(value)));

/**
 * Makes the whole file of a case for whoever handles or leads it: what he may read, every sealed letter, every file, and
 * what proves it. Neither who was let in to read, nor a unit that assists, nor a connected system takes it out; an accusation is seen,
 * and so taken out, by its organ alone. Who took it, and what for, is in the ledger before it leaves.
 *
 * @throws DoorstepError `case.notFound`, `redaction.outside`, `forbidden`
 */
export async function makeArchive(
  ctx: RequestContext,
  { caseId, locale, purpose }: z.output<typeof archiveInput>,
): Promise<z.output<typeof archiveFile>> {
  const { kernel: k } = ctx;
  const actor = signedIn(ctx);
  const loaded = await loadWhole(ctx, caseId);
  if (actor.isSystem || !isInCircle(actor, loaded)) throw new DoorstepError("forbidden");
  const view = drawable(await readCase(k, actor, caseId));
  const sealed = loaded.noticeRows.filter((n) => n.sealed_at !== null && isTemplate(n.code));
  const letters = await Promise.all(sealed.map((n) => letterParts(k, loaded, n.id, locale)));
  const files = await keptFilesOf(
    k,
    actor,
    view.files.map((file) => file.id),
  );
  const content = {
    ...{ view, letters, proof: await ledgerProofOf(k, caseId) },
    timeline: drawable(await wholeTimeline(ctx, caseId)),
    files: files.map((file) => ({ ...file, name: drawable(file.name) })),
    made: { by: drawable(actor.name), at: k.now(), timeZone: loaded.case.timeZone, purpose },
  };
  const plain = await drawDocument(archiveDefinition(content, locale), facesOf(content));
  const [archiveId, madeAt] = [k.newId(), k.now()];
  await recordAccess(k, {
    ...{ type: "data.exported", actor: ledgerActorOf(actor), at: madeAt },
    facts: {
      what: "caseFile",
      archive: archiveId,
      case: caseId,
      purpose,
      count: letters.length,
      hash: fileHash(plain),
    },
  });
  const named = { archiveId, madeAt: madeAt.toISOString() };
  return {
    fileName: `${view.caseNo}.pdf`,
    pdf: markedArchive(plain, named, sealKeyOf(k.keys.ledgerSeed)).toString("base64"),
    beside: files.filter((file) => file.picture === null).map(({ id, name, size }) => ({ id, name, size })),
  };
}
