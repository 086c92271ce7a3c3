import { DoorstepError, isErrorCode } from "@doorstep/contracts";
import type { CarriedError } from "./messages.ts";

/** Longest line about a defect that crosses. */
const LINE = 300;

/** An error by its name, so that it is told from whichever copy of the class it comes. */
export function carryError(error: unknown): CarriedError {
  if (error instanceof Error && error.name === "DoorstepError") {
    const { code, params, reasons } = error as DoorstepError;
    return { kind: "refusal", code, params: { ...params }, reasons: [...reasons] };
  }
  const line = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { kind: "defect", line: line.split("\n")[0]?.slice(0, LINE) ?? "" };
}

/** The other way: a refusal is one again, and so is nothing else. */
export function errorFrom(carried: CarriedError): Error {
  if (carried.kind === "refusal" && isErrorCode(carried.code))
    return new DoorstepError(carried.code, carried.params, carried.reasons);
  return new Error(carried.kind === "refusal" ? `refused with the unknown code ${carried.code}` : carried.line);
}
