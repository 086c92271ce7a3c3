import { DoorstepError } from "@doorstep/contracts";
import { TRPCError } from "@trpc/server";

/** `null` for a petition that does not exist or is not for the asker: a plugin cannot tell which. */
export async function orNull<T>(found: Promise<T>): Promise<T | null> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof DoorstepError && error.code === "case.notFound") return null;
    throw error;
  }
}

/** Plugin code sees the refusal itself, as if it had been thrown beside it. */
export async function unwrapped<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof TRPCError && error.cause instanceof DoorstepError) throw error.cause;
    if (error instanceof TRPCError && error.code === "BAD_REQUEST") throw new DoorstepError("input.invalid");
    throw error;
  }
}
