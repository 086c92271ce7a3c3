import { type Actor, holdsRoleAt } from "../actor.ts";
import type { LoadedCase } from "./loaded-case.ts";
import type { ActingParty } from "./refusals.ts";
import type { Refusal } from "./rule.ts";

/** Somebody new: nobody looks at what he has decided himself [SPEC §16(6)]. */
const involvedBefore = (c: LoadedCase, me: string): Refusal | null =>
  c.actors.some((a) => a.personId === me) ? { code: "review.involvedBefore" } : null;

/** A case that was taken up again is not ended by whoever ended it before. */
const endedBefore = (c: LoadedCase, me: string): Refusal | null =>
  c.actors.some((a) => a.personId === me && a.part === "ender") ? { code: "decider.before" } : null;

/** The unit lets two people approve, and a letter waits for the first of them. */
const waitsForTwo = (c: LoadedCase): boolean =>
  c.replyApprovals === 2 && c.notices.some((n) => n.state === "submitted" && n.firstApprovedBy === null);

/** The head of the petition office approves before the leader of the unit, never in his place [SPEC §4 T16]. */
const onlyHead = (c: LoadedCase, actor: Actor): boolean =>
  c.confidentiality !== 3 &&
  holdsRoleAt(actor, ["officeHead"], c.holderPath) &&
  !holdsRoleAt(actor, ["signer"], c.holderPath);

const rules: Readonly<Record<string, (c: LoadedCase, me: string, actor: Actor) => Refusal | null>> = {
  /** Whoever drafted the letter that waits, handles the case, or approved it first, cannot approve it [SPEC §4 T16]. */
  seal(c, me, actor) {
    const mine = c.notices.some((n) => n.state === "submitted" && (n.draftedBy === me || n.firstApprovedBy === me));
    if (c.handlerId === me || mine) return { code: "second.samePerson" };
    return onlyHead(c, actor) && !waitsForTwo(c) ? { code: "approval.leaderOnly" } : null;
  },
  /** Who let a module draft a letter does not sign it himself; the act is his where a letter of somebody else waits. */
  sealModuleLetter(c, me) {
    const waiting = c.notices.filter((n) => n.code === "DM" && n.state === "draft");
    return waiting.length > 0 && waiting.every((n) => n.draftedBy === me) ? { code: "second.samePerson" } : null;
  },
  divert: endedBefore,
  guide: endedBefore,
  refuseRepeat: endedBefore,
  acceptReview: involvedBefore,
  decideReview: involvedBefore,
  decideRereview: involvedBefore,
  redo: involvedBefore,
  upholdRefusal: involvedBefore,
  grantContest: involvedBefore,
};

/** Why this very person may not do what his role allows: command and button ask the same. */
export function partyRefusals(act: string, c: LoadedCase, party: ActingParty): readonly Refusal[] {
  const refused = party.kind === "person" ? rules[act]?.(c, party.actor.personId, party.actor) : null;
  return refused ? [refused] : [];
}
