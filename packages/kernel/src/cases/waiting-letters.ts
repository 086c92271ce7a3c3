import type { NoticeCode } from "@doorstep/contracts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";

/** Letters that answer every demand of a case. */
export const replyLetters: readonly NoticeCode[] = ["D14", "D16"];

/** Whether such a letter is on its way: submitted, or sealed and not handed over yet. */
export const waits = (c: Pick<LoadedCase, "notices">, codes: readonly string[]): boolean =>
  c.notices.some((n) => codes.includes(n.code) && (n.state === "submitted" || n.state === "sealed"));
