import { hash } from "node:crypto";
import { DoorstepError, type SentFont } from "@doorstep/contracts";
import { mayAnywhere } from "../actor.ts";
import type { Kernel } from "../kernel.ts";
import { type Face, faceOf } from "../letters/letter-fonts.ts";
import { type RequestContext, signedIn } from "../request-context.ts";
import { checkFont } from "./check-font.ts";

/** Only who words letters somewhere may send faces in. @throws DoorstepError `unauthorized`, `forbidden` */
export function assertMaySendFonts(ctx: RequestContext): void {
  if (!mayAnywhere(signedIn(ctx), "units.manage")) throw new DoorstepError("forbidden");
}

/**
 * Keeps a face under the hash of its bytes. Nobody uses it yet: a unit has to choose it, and what none has chosen is
 * gone after a day.
 *
 * @throws DoorstepError as `checkFont`
 */
export async function keepFont(k: Pick<Kernel, "pool" | "now">, bytes: Uint8Array): Promise<SentFont> {
  const font = hash("sha256", bytes, "hex");
  const { name, characters } = await checkFont(font, bytes);
  await k.pool.query(
    `insert into kernel.fonts (hash, name, bytes, added_at) values ($1, $2, $3, $4)
     on conflict (hash) do update set added_at = excluded.added_at`,
    [font, name, Buffer.from(bytes), k.now()],
  );
  return { font, name, size: bytes.length, characters };
}

const CHOICE_HOURS = 24;

/** Removes faces that were sent in and chosen by no unit. */
export async function forgetUnchosen(k: Pick<Kernel, "pool" | "now">): Promise<void> {
  await k.pool.query(
    `delete from kernel.fonts f where f.added_at < $1
       and not exists (select 1 from kernel.unit_fonts u where u.font = f.hash)`,
    [new Date(k.now().getTime() - CHOICE_HOURS * 3_600_000)],
  );
}

/** Faces read lately: ten megabytes each, and the same few for all letters of a house. */
const faces = new Map<string, Face>();
const MOST_FACES = 8;

/** The face a letter names. @throws DoorstepError `font.notFound` */
export async function faceNamed(k: Pick<Kernel, "pool">, font: string | undefined): Promise<Face | null> {
  if (font === undefined) return null;
  const known = faces.get(font);
  if (known) return known;
  const { rows } = await k.pool.query<{ bytes: Buffer }>("select bytes from kernel.fonts where hash = $1", [font]);
  if (!rows[0]) throw new DoorstepError("font.notFound");
  const face = faceOf(font, rows[0].bytes);
  const [oldest] = faces.keys();
  if (oldest !== undefined && faces.size >= MOST_FACES) faces.delete(oldest);
  faces.set(font, face);
  return face;
}
