import { DoorstepError } from "@doorstep/contracts";

/** `null` for a petition that does not exist or is not for the asker: a plugin cannot tell which. */
export async function orNull<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof DoorstepError && error.code === "case.notFound") return null;
    throw error;
  }
}
