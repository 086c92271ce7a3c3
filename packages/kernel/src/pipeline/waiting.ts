import type { State } from "@doorstep/contracts";
import type { Batch } from "./batch.ts";
import type { Loaded, NoticeRow } from "./load-case.ts";

/** What answers the petitioner when it is handed over. */
const answers: readonly string[] = ["D14", "D16", "D18"];
type Letter = Pick<NoticeRow, "code" | "state"> & { readonly sent_back_reason?: unknown };

/** A module's letter waits for its signer in any state of the case; one that was sent back waits for its module. */
const waitsOfModule = (n: Letter): boolean => n.code === "DM" && n.state === "draft" && n.sent_back_reason == null;

/** What of a case waits for a signature, or to be handed over: the desk lists it and counts it, so it stands in the audience's rows. */
export function waitingFor(
  status: State,
  letters: readonly Letter[],
): { readonly to_approve: boolean; readonly to_deliver: boolean } {
  const handling = status === "inHandling";
  return {
    to_approve: letters.some((n) => (handling && n.state === "submitted") || waitsOfModule(n)),
    to_deliver: handling && letters.some((n) => n.state === "sealed" && answers.includes(n.code)),
  };
}

/** The letters as they stand when the act is done. */
export function noticesAfter(loaded: Loaded, rows: Batch | undefined): readonly Letter[] {
  const changed = [...(rows?.notice_patch ?? []), ...(rows?.notices ?? [])] as readonly NoticeRow[];
  return [...new Map([...loaded.noticeRows, ...changed].map((n) => [n.id, n])).values()];
}
