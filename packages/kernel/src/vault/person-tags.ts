import { hmacSha256 } from "./key-object.ts";
import type { Keys } from "./keys.ts";
import { blindTag } from "./seal.ts";

const kinds = ["idNo", "serviceNo", "contact"] as const;

/** Keyed hashes of what identifies somebody, by which two petitions of one person meet. */
export const tagsOf = (
  keys: Pick<Keys, "blind">,
  person: Partial<Readonly<Record<(typeof kinds)[number], string | undefined>>>,
): readonly { readonly kind: string; readonly tag: Buffer }[] =>
  kinds.flatMap((kind) => {
    const value = person[kind];
    return value ? [{ kind, tag: blindTag(keys.blind, kind, value) }] : [];
  });

/** One value for all cases of a person with an account, or of a record without one. */
export const personTag = (keys: Pick<Keys, "link">, id: string): Buffer =>
  hmacSha256(keys.link.key).update(`person\0${id}`).digest();
