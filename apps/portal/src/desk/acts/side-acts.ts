import type { CaseView, SessionMe } from "@doorstep/contracts";

/** What is done beside the life cycle: it moves no state, so the kernel's list of acts does not name it. */
export type SideAct = "reply" | "heard" | "recusal";

type Facts = Pick<CaseView, "state" | "category" | "anonymity" | "handler" | "notices">;
type Person = Pick<NonNullable<SessionMe>, "personId" | "grants">;

const drafting = ["handler", "officer", "discipline"] as const;
const ended = ["archived", "final", "diverted", "guided", "merged", "notReaccepted", "withdrawn"];

function mayWork(c: Facts, me: Person): boolean {
  if (c.handler)
    return (
      c.handler.id === me.personId || me.grants.some((grant) => grant.role === "officer" || grant.role === "discipline")
    );
  return me.grants.some((grant) => drafting.some((role) => role === grant.role));
}

/** The letters that answer the petitioner. */
const isReply = (code: string): boolean => code === "D14" || code === "D16";

/** Which of them make sense now; the kernel checks each one again. */
export function sideActs(c: Facts, me: Person): readonly SideAct[] {
  const out: SideAct[] = [];
  const waiting = c.notices.some((notice) => isReply(notice.code) && ["submitted", "sealed"].includes(notice.state));
  if (mayWork(c, me)) {
    if (c.state === "inHandling" && !waiting) out.push("reply");
    if ((c.state === "accepted" || c.state === "inHandling") && c.category === "claim" && c.anonymity !== "anonymous")
      out.push("heard");
  }
  if (!ended.includes(c.state)) out.push("recusal");
  return out;
}

/** Letters that wait for somebody: for a signature, or to be handed over. */
export function waitingLetters(c: Pick<CaseView, "notices">) {
  return c.notices.filter(
    (notice) => notice.state === "submitted" || notice.state === "sealed" || notice.state === "sent",
  );
}
