import { z } from "zod";

/** Any id of ours: a UUID v7 made in one place and passed in; never parsed, never sorted on for meaning. */
export const id = z.uuid();
export type Id = string;

/** Random, readable number people see, e.g. `2026-7K3M9Q-X`; it says nothing about other cases. */
export const caseNo = z.string().regex(/^\d{4}-[0-9A-HJKMNP-TV-Z]{6}-[0-9A-HJKMNP-TV-Z]$/);

/** A local date, `YYYY-MM-DD`, in the unit's time zone. */
export const localDate = z.iso.date();

/** An instant, ISO 8601 with offset. */
export const instant = z.iso.datetime({ offset: true });

/** Made by the caller, once per intended act: the same key does nothing twice. */
export const idempotencyKey = z
  .string()
  .min(16)
  .max(100)
  .regex(/^[A-Za-z0-9:_-]+$/);

/** Version of a case as it was read; an act on an older one is refused with `case.stale`. */
export const version = z.number().int().min(1);

const nul = "\0";
/** Text people type: trimmed, bounded, without the one character PostgreSQL cannot keep. */
export const text = (max: number, min = 1) =>
  z
    .string()
    .trim()
    .min(min)
    .max(max)
    .refine((s) => !s.includes(nul) && s.isWellFormed(), { error: "text.characters" });

/** A list is asked for page by page. */
export const pageInput = {
  cursor: z.string().max(200).optional(),
  limit: z.number().int().min(1).max(100).default(50),
};
export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });
