import type { z } from "zod";
import type { ErrorShape, FieldLimit } from "./error-shape.ts";
import { isErrorCode } from "./errors.ts";

/** A browser that sent so many wrong fields needs no more of them. */
const MOST = 50;

type Issue = z.core.$ZodIssue;

const KINDS: Readonly<Record<string, FieldLimit["of"]>> = {
  string: "characters",
  ...{ number: "number", int: "number" },
  ...{ array: "items", set: "items" },
};

function limitOf(issue: Issue): FieldLimit | undefined {
  if ((issue.code !== "too_small" && issue.code !== "too_big") || issue.inclusive === false) return undefined;
  const of = KINDS[issue.origin];
  return of && { of, is: Number(issue.code === "too_small" ? issue.minimum : issue.maximum) };
}

/** What is wrong in an input, by the path of each field: zod's kind of mistake or a code; never the value that was typed. */
export function wrongFields(error: z.ZodError): Pick<ErrorShape["data"], "fields" | "limits"> {
  const fields: Record<string, string> = {};
  const limits: Record<string, FieldLimit> = {};
  for (const issue of error.issues.slice(0, MOST)) {
    const path = issue.path.join(".");
    fields[path] = issue.code === "custom" || isErrorCode(issue.message) ? issue.message : issue.code;
    const limit = limitOf(issue);
    if (limit) limits[path] = limit;
  }
  return Object.keys(limits).length > 0 ? { fields, limits } : { fields };
}
