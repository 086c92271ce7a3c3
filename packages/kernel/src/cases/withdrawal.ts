import { type Acted, type askWithdrawalInput, DoorstepError, type goOnInput } from "@doorstep/contracts";
import type { z } from "zod";
import { localDateOf } from "../clocks/local-time.ts";
import type { Kernel } from "../kernel.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import { type Issuer, issued, issuerOf } from "../notices/issue.ts";
import type { Command } from "../pipeline/execute.ts";
import { acted, personOf } from "./acted.ts";
import { noteRow } from "./note-row.ts";
import { released } from "./promises.ts";
import { places, shelterOf } from "./reveal.ts";

type Typed<S extends z.ZodType> = Omit<z.output<S>, "caseId" | "version" | "key">;

interface Wish {
  readonly id: string;
  readonly text: string;
  readonly askedAt: string;
}

/** The wish that waits; the mark on the case says that there is one. */
async function openWish(k: Kernel, c: Pick<LoadedCase, "id">): Promise<Wish> {
  const { rows } = await k.pool.query<{ id: string; text: string; asked_at: Date }>(
    "select id, text, asked_at from kernel.withdrawals where case_id = $1 and state = 'asked'",
    [c.id],
  );
  const [found] = rows;
  if (!found) throw new DoorstepError("mark.missing", { mark: "withdrawing" });
  return { id: found.id, text: found.text, askedAt: found.asked_at.toISOString() };
}

/** T26. The petitioner's own wish, from his own code or account alone; nothing changes for three days [SPEC §16(10)]. */
export const askWithdrawal: Command<Typed<typeof askWithdrawalInput>, Acted> = {
  act: "askWithdrawal",
  decide(k, loaded, s, i) {
    const c = loaded.case;
    const id = k.newId();
    const at = s.now.toISOString();
    const text = shelterOf(k.keys, c).protect(places.withdrawal(id, "text"), i.text);
    return {
      result: acted(c),
      facts: { withdrawal: id, freeWill: i.freeWill },
      patch: { petitionerWroteAt: at },
      rows: { withdrawals: [{ id, case_id: c.id, text, asked_at: at, state: "asked" }] },
    };
  },
};

/** T26. He keeps his petition: no reason is asked for, and nothing was lost. */
export const takeBackWithdrawal: Command<object, Acted> = {
  act: "takeBackWithdrawal",
  prepare: (k, c) => openWish(k, c),
  decide(_k, loaded, s, _i, _party, prepared) {
    const wish = prepared as Wish;
    const ended = { id: wish.id, state: "takenBack", ended_at: s.now.toISOString() };
    return {
      result: acted(loaded.case),
      facts: { withdrawal: wish.id },
      rows: { withdrawal_patch: [{ ...ended, ended_by: null, ground: null, reason: null }] },
    };
  },
};

/** T26. Somebody is in danger, or the misconduct is serious: the unit goes on by itself and tells the petitioner why. */
export const goOnExOfficio: Command<Typed<typeof goOnInput>, Acted> = {
  act: "goOn",
  prepare: (k, c) => openWish(k, c),
  decide(k, loaded, s, i, party, prepared) {
    const c = loaded.case;
    const wish = prepared as Wish;
    const at = s.now.toISOString();
    const reason = shelterOf(k.keys, c).protect(places.withdrawal(wish.id, "reason"), i.reason);
    return {
      result: acted(c),
      facts: { withdrawal: wish.id, ground: i.ground },
      rows: {
        withdrawal_patch: [
          { id: wish.id, state: "exOfficio", ended_at: at, ended_by: personOf(party), ground: i.ground, reason },
        ],
        messages: [noteRow(k, c, { at, text: i.reason, visibility: "petitioner", party })],
      },
    };
  },
};

interface Prepared {
  readonly issuer: Issuer;
  readonly wish: Wish;
}

/** T26. The cool-off is over: the petitioner says so once more, or the rule records it; D25 holds his own words. */
export const withdrawCase: Command<object, Acted> = {
  act: "withdraw",
  async prepare(k, c, _i, s): Promise<Prepared> {
    const [issuer, wish] = [await issuerOf(k, c.holderUnitId, s, ["D25"]), await openWish(k, c)];
    return { issuer, wish };
  },
  decide(k, loaded, s, _i, party, prepared) {
    const { issuer, wish } = prepared as Prepared;
    const c = loaded.case;
    const cooling = c.clocks.findLast((x) => x.code === "K30");
    const ended = { id: wish.id, state: "done", ended_at: s.now.toISOString() };
    const { reveal } = shelterOf(k.keys, c);
    return {
      result: acted(c, "withdrawn"),
      facts: { withdrawal: wish.id },
      // what was promised for a matter that is no more binds nobody
      marks: c.marks.filter((m) => m !== "withdrawing" && m !== "fulfilling"),
      rows: {
        commitment_patch: released(c),
        withdrawal_patch: [{ ...ended, ended_by: null, ground: null, reason: null }],
        notices: [
          issued(
            { k, case: c, scene: s, party, issuer },
            "D25",
            {
              receivedOn: localDateOf(c.receivedAt, c.timeZone),
              askedOn: localDateOf(wish.askedAt, c.timeZone),
              coolOffUntil: cooling?.dueOn ?? s.today,
              wish: reveal(places.withdrawal(wish.id, "text"), wish.text),
              withdrawnOn: s.today,
              by: party.kind === "petitioner" ? "petitioner" : "rule",
            },
            { posted: true },
          ),
        ],
      },
    };
  },
};
