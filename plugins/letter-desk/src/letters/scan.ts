import { DoorstepError } from "@doorstep/sdk";
import { and, eq, isNull, sql } from "drizzle-orm";
import { isPageType, isReadable } from "../scanning/batch.ts";
import { letters, type pageKinds, pages } from "../schema.ts";
import {
  isWhole,
  type JobCtx,
  type LetterCtx,
  PART,
  type Page,
  pagesOf,
  partsIn,
  todayAt,
  waitingLetter,
} from "./letter-ctx.ts";

export interface NewPage {
  readonly pageId: string;
  readonly kind: (typeof pageKinds)[number];
  readonly type: string;
  readonly size: number;
}

export interface NewLetter {
  readonly letterId: string;
  readonly receivedOn: string;
  readonly pages: readonly NewPage[];
}

const MB = 1_024 * 1_024;

/** The next number of the unit's year for a letter; two at once get one each. The same letter again stays as it is. */
async function numbered(ctx: LetterCtx, letter: NewLetter): Promise<void> {
  const year = Number(letter.receivedOn.slice(0, 4));
  for (;;) {
    const [next] = await ctx.db
      .select({ no: sql<number>`coalesce(max(${letters.no}), 0) + 1` })
      .from(letters)
      .where(and(eq(letters.unitId, ctx.unit.id), eq(letters.year, year)));
    const { letterId: id, receivedOn } = letter;
    const made = await ctx.db
      .insert(letters)
      .values({ id, unitId: ctx.unit.id, year, no: next?.no ?? 1, receivedOn, createdAt: ctx.now })
      .onConflictDoNothing()
      .returning({ id: letters.id });
    if (made.length > 0) return;
    const [known] = await ctx.db.select({ unitId: letters.unitId }).from(letters).where(eq(letters.id, id));
    if (known?.unitId === ctx.unit.id) return;
    if (known) throw new DoorstepError("record.notFound");
  }
}

/** Announces a letter and its pages; their content comes piece by piece. */
export async function addLetter(ctx: LetterCtx, letter: NewLetter): Promise<{ readonly partBytes: number }> {
  const { maxMegabytes: maxMb } = ctx.settings;
  if (letter.pages.some((page) => page.size > maxMb * MB)) throw new DoorstepError("file.tooLarge", { maxMb });
  if (letter.receivedOn > todayAt(ctx)) throw new DoorstepError("intake.receivedLater");
  await numbered(ctx, letter);
  await waitingLetter(ctx, letter.letterId);
  await ctx.db
    .insert(pages)
    .values(
      letter.pages.map(({ pageId: id, kind, type, size }, no) => ({
        ...{ id, letterId: letter.letterId, no, kind, type, size },
        parts: [],
      })),
    )
    .onConflictDoNothing();
  return { partBytes: PART };
}

async function pageOf(ctx: LetterCtx, letterId: string, pageId: string): Promise<Page> {
  const found = (await pagesOf(ctx, letterId)).find((page) => page.id === pageId);
  if (!found) throw new DoorstepError("record.notFound");
  return found;
}

/** Takes one piece of a page, the next one; what was taken before is taken once. */
export async function takePart(
  ctx: LetterCtx,
  piece: { readonly letterId: string; readonly pageId: string; readonly part: number; readonly bytes: Uint8Array },
): Promise<{ readonly whole: boolean }> {
  await waitingLetter(ctx, piece.letterId);
  const page = await pageOf(ctx, piece.letterId, piece.pageId);
  const { part, bytes } = piece;
  if (part < page.parts.length) return { whole: isWhole(page) };
  const last = partsIn(page.size) - 1;
  const due = part === last ? page.size - last * PART : PART;
  if (part > page.parts.length || part > last || bytes.byteLength !== due) throw new DoorstepError("input.invalid");
  if (part === 0 && isPageType(page.type) && !isReadable(page.type, bytes)) throw new DoorstepError("file.type");
  const fileId = await ctx.files.put(bytes);
  const kept = await ctx.db
    .update(pages)
    .set({ parts: sql`array_append(${pages.parts}, ${fileId}::uuid)` })
    .where(and(eq(pages.id, page.id), sql`cardinality(${pages.parts}) = ${part}`))
    .returning({ parts: pages.parts });
  const [after] = kept;
  if (!after) {
    await ctx.files.remove(fileId);
    return { whole: isWhole(await pageOf(ctx, piece.letterId, piece.pageId)) };
  }
  return { whole: isWhole({ size: page.size, parts: after.parts }) };
}

/** One piece of a page, to be shown beside the form. */
export async function readPart(
  ctx: LetterCtx,
  asked: { readonly letterId: string; readonly pageId: string; readonly part: number },
): Promise<{ readonly type: string; readonly parts: number; readonly data: string }> {
  await waitingLetter(ctx, asked.letterId);
  const page = await pageOf(ctx, asked.letterId, asked.pageId);
  const fileId = page.parts[asked.part];
  const bytes = fileId === undefined ? null : await ctx.files.get(fileId);
  if (!bytes) throw new DoorstepError("file.notFound");
  return { type: page.type, parts: page.parts.length, data: Buffer.from(bytes).toString("base64") };
}

/** The bytes of a whole page. @throws DoorstepError `record.state` while pieces are missing, `file.notFound` */
export async function contentOf(ctx: JobCtx, page: Page): Promise<Uint8Array> {
  if (!isWhole(page)) throw new DoorstepError("record.state");
  const parts: Uint8Array[] = [];
  for (const fileId of page.parts) {
    const bytes = await ctx.files.get(fileId);
    if (!bytes) throw new DoorstepError("file.notFound");
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}

/** Forgets the working files of pages that the petition has now, or nobody wants. */
export async function forgetContent(ctx: JobCtx, letterId: string): Promise<void> {
  for (const page of await pagesOf(ctx, letterId)) {
    for (const fileId of page.parts) await ctx.files.remove(fileId);
    await ctx.db.update(pages).set({ parts: [] }).where(eq(pages.id, page.id));
  }
}

/** Takes out what is no letter, or was scanned twice; a registered one stays. */
export async function discardLetter(ctx: LetterCtx, letterId: string): Promise<void> {
  await waitingLetter(ctx, letterId);
  await forgetContent(ctx, letterId);
  const gone = await ctx.db
    .delete(letters)
    .where(and(eq(letters.id, letterId), isNull(letters.filedAt)))
    .returning({ id: letters.id });
  if (gone.length === 0) throw new DoorstepError("record.state");
}
