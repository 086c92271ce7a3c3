import { DoorstepError, type FiledFor, type FileForInput } from "@doorstep/sdk";
import { eq } from "drizzle-orm";
import { letters, pages } from "../schema.ts";
import { type LetterCtx, letterOf, type Page, pagesOf } from "./letter-ctx.ts";
import { contentOf, forgetContent } from "./scan.ts";

/** What nobody claims is forgotten after a day: an older one is handed over anew. */
const FRESH_MS = 12 * 3_600_000;

/** How a second petition of the same letter is refused: its key or its pages belong to the first. */
const TAKEN: ReadonlySet<string> = new Set(["key.reused", "file.notFound"]);

const endings: Readonly<Record<string, string>> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "application/pdf": "pdf",
};
const names = { envelope: "信封", letter: "来信", enclosure: "附件" } as const;

/** `来信-02.jpg`: what it is and which page, and nothing about who sent it. */
const nameOf = (page: Page): string =>
  `${names[page.kind]}-${String(page.no + 1).padStart(2, "0")}.${endings[page.type] ?? "bin"}`;

/** The pages as attachments, each handed over once: a second press claims the same ones. */
async function attachments(ctx: LetterCtx, letterId: string, isFiled: boolean): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const page of await pagesOf(ctx, letterId)) {
    const age = Date.parse(ctx.now) - Date.parse(page.attachedAt ?? "1970-01-01T00:00:00Z");
    if (page.attachmentId !== null && (isFiled || age < FRESH_MS)) {
      ids.push(page.attachmentId);
      continue;
    }
    const attachmentId = await ctx.intake.attach({ name: nameOf(page), bytes: await contentOf(ctx, page) });
    await ctx.db.update(pages).set({ attachmentId, attachedAt: ctx.now }).where(eq(pages.id, page.id));
    ids.push(attachmentId);
  }
  return ids;
}

export type TakenLetter = Omit<FileForInput, "key" | "channel" | "via" | "fileIds" | "locale">;

/**
 * Makes a petition of a letter, with all its pages as its files. One letter is one petition, however often it is pressed;
 * of an accusation nothing is kept but that a number was used.
 *
 * @throws DoorstepError `report.dates`, `record.state` where somebody else has registered it, and what `fileFor` throws
 */
export async function fileLetter(
  ctx: LetterCtx,
  { letterId, taken, postedOn }: { letterId: string; taken: TakenLetter; postedOn: string | null },
): Promise<FiledFor> {
  const letter = await letterOf(ctx, letterId);
  const isFiled = letter.filedAt !== null;
  const receivedOn = taken.receivedOn ?? letter.receivedOn;
  if (postedOn !== null && postedOn > receivedOn) throw new DoorstepError("report.dates");
  const fileIds = await attachments(ctx, letterId, isFiled);
  const filed = await ctx.intake
    .fileFor({
      ...taken,
      receivedOn,
      fileIds: [...fileIds],
      key: `letter-${letterId}`,
      channel: "letter-desk/letter",
      via: "letter",
    })
    .catch((error: unknown) => {
      if (error instanceof DoorstepError && TAKEN.has(error.code)) throw new DoorstepError("record.state");
      throw error;
    });
  if (isFiled) return filed;
  const { caseId } = filed;
  await ctx.db.update(letters).set({ filedAt: ctx.now, caseId, receivedOn, postedOn }).where(eq(letters.id, letterId));
  await forgetContent(ctx, letterId);
  return filed;
}
