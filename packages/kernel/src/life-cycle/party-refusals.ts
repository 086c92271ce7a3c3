import type { LoadedCase } from "./loaded-case.ts";
import type { ActingParty } from "./refusals.ts";
import type { Refusal } from "./rule.ts";

/** Somebody new: nobody looks at what he has decided himself [SPEC §16(6)]. */
const involvedBefore = (c: LoadedCase, me: string): Refusal | null =>
  c.actors.some((a) => a.personId === me) ? { code: "review.involvedBefore" } : null;

/** A case that was taken up again is not ended by whoever ended it before. */
const endedBefore = (c: LoadedCase, me: string): Refusal | null =>
  c.actors.some((a) => a.personId === me && a.part === "ender") ? { code: "decider.before" } : null;

const rules: Readonly<Record<string, (c: LoadedCase, me: string) => Refusal | null>> = {
  /** Whoever drafted the letter that waits, handles the case, or approved it first, cannot approve it [SPEC §4 T16]. */
  seal: (c, me) =>
    c.handlerId === me ||
    c.notices.some((n) => n.state === "submitted" && (n.draftedBy === me || n.firstApprovedBy === me))
      ? { code: "second.samePerson" }
      : null,
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
  const refused = party.kind === "person" ? rules[act]?.(c, party.actor.personId) : null;
  return refused ? [refused] : [];
}
