import type { ClockCode, ClockRole, Level, NoticeCode } from "@doorstep/contracts";
import { refFor } from "../clocks/policy-rules.ts";
import type { LoadedCase, LoadedCommitment } from "./loaded-case.ts";
import { type Guard, guard, type Scene } from "./rule.ts";

const clock = (c: LoadedCase, code: ClockCode) => c.clocks.findLast((k) => k.code === code);

/** A report of retaliation has days and acts of its own, all from the moment it came in [SPEC §12.4]. */
export const noReport = guard("report.ownWay", "SPEC:12", (c) => c.report === null);

export const demandsSplit = guard("demands.split", "R22:22", (c) => c.demands.length > 0);

export const severalDemands = guard("split.oneDemand", "R22:22", (c) => c.demands.length > 1);

export const demandsAnswered = guard(
  "demands.answered",
  "R22:32",
  (c) => c.demands.length > 0 && c.demands.every((d) => d.outcome !== null && d.opinion && d.basis),
  (c) => ({ open: c.demands.filter((d) => !(d.outcome && d.opinion && d.basis)).length }),
);

export const categorised = guard("category.chosen", "R22:22", (c) => c.category !== null);

/** Never the unit complained of, nor one below it [R22:22(2)]. */
export const holderIsNotRespondent = guard(
  "unit.notRespondent",
  "R22:22",
  (c) => !c.holderPath.some((u) => c.respondentUnits.includes(u)),
);

export const notAccusation = guard("track.notAccusation", "R22:30", (c) => c.track !== "accusation");

/** Violence and harassment are no dispute between equals [SPEC §4 T13]. */
export const mayBeMediated = guard("mediation.never", "R22:33", (c) => !c.neverMediated);

/** What lies sealed with its organ is no module's business. */
export const openToModules = guard("module.sealed", "SPEC:8", (c) => c.confidentiality !== 3);

export const routeSix = guard(
  "route.six",
  "R22:31",
  (c) => c.category !== "claim" || c.subRoute === null || c.subRoute === 6,
);

export const statutoryRoute = guard(
  "route.statutory",
  "R22:31",
  (c) => c.track === "statutory" || (c.subRoute ?? 6) < 6,
);

export const handlerNamed = guard("handler.named", "R22:28", (c) => c.handlerId !== null);

export const handlerFree = guard(
  "handler.free",
  "R22:28",
  (c) => c.handlerId === null || !c.recused.includes(c.handlerId),
);

/** Claims of route 6: the petitioner is heard before the reply [R22:31(6)]; nobody can hear somebody unknown. */
export const petitionerHeard = guard(
  "petitioner.heard",
  "R22:31(6)",
  (c) => c.category !== "claim" || c.anonymity === "anonymous" || c.heardOn !== null,
);

export const sealed = (...codes: readonly NoticeCode[]): Guard =>
  guard("reply.ready", "R22:32", (c) =>
    c.notices.some((n) => codes.includes(n.code as NoticeCode) && n.state === "sealed"),
  );

/** Signed by both sides, and approved for the unit [R22:33]. */
export const agreementSealed = guard("agreement.notReady", "R22:33", (c) =>
  c.notices.some((n) => n.code === "D18" && n.state === "sealed"),
);

/** An objection waits for its answer [R22:23]. */
export const objectionOpen = guard(
  "leg.noObjection",
  "R22:23",
  (c) => c.lastLeg?.objectedAt != null && c.lastLeg.agreed === null,
);

export const notYetObjected = guard("leg.objected", "R22:23", (c) => c.lastLeg?.objectedAt == null);

/** What was assigned or designated is to be handled where it is. */
export const transferred = guard("leg.notTransfer", "SAT14", (c) => c.lastLeg?.kind === "transfer");

/** An objection was made, answered or not, or it has been passed on too often: the common superior decides [R22:24]. */
export const inDispute = guard(
  "leg.noDispute",
  "R22:24",
  (c, s) => c.lastLeg?.objectedAt != null || c.hops >= s.pack.maxHops,
);

export const hopsLeft = guard(
  "hops.left",
  "DC",
  (c, s) => c.hops < s.pack.maxHops,
  (c, s) => ({ hops: c.hops, max: s.pack.maxHops }),
);

export const atLevel = (...levels: readonly Level[]): Guard =>
  guard("review.level", "R22:35", (c) => levels.includes(c.level));

export const running = (code: ClockCode): Guard =>
  guard(
    `clock.${code}.running`,
    "SPEC:5",
    (c) => ["running", "paused"].includes(clock(c, code)?.state ?? ""),
    () => ({ clock: code }),
    "clock.running",
  );

/** The newest clock that plays the role on this case's track, e.g. handling is K4, K8 or K9. */
const clockOf = (c: LoadedCase, s: Scene, role: ClockRole) => {
  const code = refFor(s.pack, role, c.track)?.split(".")[0];
  return c.clocks.findLast((k) => k.code === code);
};

/** Running still, and not past its day: afterwards it is too late to ask for more [R22:34]. */
export const inTime = (role: ClockRole): Guard =>
  guard(
    `clock.${role}.notDue`,
    "R22:34",
    (c, s) => {
      const found = clockOf(c, s, role);
      return found !== undefined && ["running", "paused"].includes(found.state) && found.dueOn >= s.today;
    },
    (c, s) => ({ due: clockOf(c, s, role)?.dueOn ?? "—" }),
    "clock.notDue",
  );

/** The petitioner's time to ask has passed, or there is none. */
export const lapsed = (...codes: readonly ClockCode[]): Guard =>
  guard(
    `clock.${codes.join("/")}.lapsed`,
    "R22:35",
    (c, s) => codes.every((code) => (clock(c, code)?.dueOn ?? "") < s.today),
    (c) => ({
      due:
        codes
          .map((code) => clock(c, code)?.dueOn ?? "")
          .sort()
          .at(-1) ?? "",
    }),
    "clock.lapsed",
  );

/** From simple to ordinary, once: the ordinary track never goes back [SPEC §5 K8]. */
export const simpleNow = guard("track.notSimple", "SIMP16", (c) => c.track === "simple");

/** Three days in which the wish can be taken back without a word [DC]. */
export const cooledOff = guard(
  "withdrawal.running",
  "DC",
  (c, s) => (clock(c, "K30")?.dueOn ?? "9999-12-31") < s.today,
  (c) => ({ due: clock(c, "K30")?.dueOn ?? "—" }),
);

/** Letters that say how it ended; the newest one says how it ended last. */
const endings: readonly string[] = ["D9", "D11", "D12", "D23", "D24", "D25"];
const refusalLetters: readonly string[] = ["D9", "D11", "D12"];

/** The refusal with which it ended last, where it ended so. */
export function refusalOf(c: LoadedCase) {
  const last = c.notices.findLast((n) => endings.includes(n.code) && n.state === "delivered");
  return last && refusalLetters.includes(last.code) ? last : null;
}

/** Each refusal is contested once; the level above has decided then [DC after R22:44]. */
export const contestable = guard("refusal.notOpen", "DC", (c) => {
  const refusal = refusalOf(c);
  return refusal !== null && c.contest?.noticeId !== refusal.id;
});

const some = (c: LoadedCase, ...in_: readonly string[]): boolean => c.commitments.some((p) => in_.includes(p.state));

/** Its day has passed and nobody has reported it done [SPEC §5 K25]. */
export const isBroken = (p: Pick<LoadedCommitment, "state" | "dueOn">, today: string): boolean =>
  p.state === "open" && p.dueOn < today;

/** An end is taken up again for any ground; what is only answered, for a promise that was not kept [SPEC §5 K25]. */
export const endedOrBroken = guard(
  "commitment.noneBroken",
  "R22:44(2)",
  (c, s) => c.status !== "replied" || c.commitments.some((p) => isBroken(p, s.today)),
);

/** Somebody looks whether the petitioner has got where he was sent, or whether it is over for him; the file waits for it. */
export const followedUp = guard(
  "followUp.open",
  "SPEC:5",
  (c, s) => {
    const visit = clock(c, "K22");
    return visit === undefined || visit.state === "stopped" || visit.dueOn < s.today;
  },
  (c) => ({ due: clock(c, "K22")?.dueOn ?? "—" }),
);
export const followUpDue = guard("followUp.none", "SPEC:5", (c) => (clock(c, "K22")?.state ?? "stopped") !== "stopped");

export const somethingOpen = guard("commitment.noneOpen", "R22:32", (c) => some(c, "open"));
export const somethingReported = guard("commitment.nothingReported", "PLA20", (c) => some(c, "reported"));
export const newDateAsked = guard("commitment.noDateAsked", "DC", (c) =>
  c.commitments.some((p) => p.state === "open" && p.askedDueOn !== null),
);

export const nothingOpen = guard(
  "nothing.open",
  "ZJ16:25",
  // without counts: two zeros would tell those who see the case that a report of retaliation lies elsewhere
  (c) => c.openCommitments === 0 && c.openSupervision === 0 && !c.held,
);
