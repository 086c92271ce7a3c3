import type { z } from "zod";
import type { Permission } from "./permissions.ts";

/**
 * Who may call: `public` anybody; `petitioner` whoever holds the case's return code or is its petitioner's account;
 * `signedIn` any account; else the permission, held at some unit (the handler checks at which).
 */
export type Access = "public" | "petitioner" | "signedIn" | Permission;

export interface ProcedureSpec<
  K extends "query" | "mutation" = "query" | "mutation",
  I extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
> {
  readonly kind: K;
  readonly access: Access;
  readonly input: I;
  readonly output: O;
}

export const query = <I extends z.ZodType, O extends z.ZodType>(access: Access, input: I, output: O) =>
  ({ kind: "query", access, input, output }) as const satisfies ProcedureSpec;

export const mutation = <I extends z.ZodType, O extends z.ZodType>(access: Access, input: I, output: O) =>
  ({ kind: "mutation", access, input, output }) as const satisfies ProcedureSpec;

/** group -> name -> procedure; the kernel implements it, apps are typed by it, tests walk it. */
export type Contract = Readonly<Record<string, Readonly<Record<string, ProcedureSpec>>>>;
