import {
  type Acted,
  DoorstepError,
  type endMandateInput,
  type giveMandateInput,
  type judgeMandateInput,
  type PetitionerIdentity,
  states,
} from "@doorstep/contracts";
import type { z } from "zod";
import { PERSON_DEPTH } from "../audience/audience-of.ts";
import { acted } from "../cases/acted.ts";
import { noteRow } from "../cases/note-row.ts";
import { localDateOf } from "../clocks/local-time.ts";
import type { Kernel } from "../kernel.ts";
import type { LoadedCase } from "../life-cycle/loaded-case.ts";
import type { Command, SideAct } from "../pipeline/execute.ts";
import { returnCodeOf, returnTag } from "../vault/return-code.ts";
import { hex, seal, sealRecord } from "../vault/seal.ts";
import { isCoSigner, mandatesOf } from "./mandate.ts";

type Typed<S extends z.ZodType> = Omit<z.output<S>, "caseId" | "version" | "key">;
type Known = Awaited<ReturnType<typeof mandatesOf>>;

/** [SD15:28] */
const MOST = 2;
const LONGEST_DAYS = 366;
const DAY_MS = 86_400_000;

const known = (k: Kernel, c: LoadedCase): Promise<Known> =>
  mandatesOf(k.pool, c.id, localDateOf(k.now().toISOString(), c.timeZone));

const common: Pick<SideAct, "from" | "to" | "guards" | "clocks"> = {
  from: states,
  to: "same",
  guards: [],
  clocks: [],
};
const petitioner = { role: "petitioner", at: "case" } as const;

/** The code that is handed to the delegate: made of the press, so that pressing again gives the same. */
export const mandateCodeOf = (k: Pick<Kernel, "keys">, key: string): string =>
  returnCodeOf(k.keys.code, `mandate:${key}`);

type Given = Typed<typeof giveMandateInput> & { readonly code: string };

/** The petitioner lets somebody speak for him: how far and until when; at most two at a time [SD15:28]. */
export const giveMandate: Command<Given, Acted> = {
  act: { ...common, act: "giveMandate", who: [petitioner], entry: "mandate.given" },
  prepare: known,
  checks(_c, s, i, _party, prepared) {
    const active = (prepared as Known).filter((m) => m.state === "active" && !m.filed && !isCoSigner(m));
    const last = new Date(s.now.getTime() + LONGEST_DAYS * DAY_MS).toISOString().slice(0, 10);
    return [
      ...(active.length >= MOST ? [{ code: "mandate.two" }] : []),
      ...(i.until < s.today || i.until > last ? [{ code: "mandate.until", params: { last } }] : []),
    ];
  },
  decide(k, loaded, s, i) {
    const c = loaded.case;
    const [id, personId, linkId] = [k.newId(), k.newId(), k.newId()];
    const who: Pick<PetitionerIdentity, "name" | "contact"> = { name: i.name, contact: i.contact };
    const record = sealRecord(k.keys.kek, personId, JSON.stringify(who));
    return {
      result: acted(c),
      facts: { mandate: id, kind: i.kind, relation: i.relation, scope: i.scope, until: i.until },
      rows: {
        mandates: [
          {
            id,
            case_id: c.id,
            filed: false,
            kind: i.kind,
            relation: i.relation,
            scope: i.scope,
            consent: "given",
            given_at: s.now.toISOString(),
            until: i.until,
            return_tag: hex(returnTag(k.keys.code, i.code)),
          },
        ],
        persons: [{ id: personId, kek: record.kek, dek: hex(record.dek), ct: hex(record.ct) }],
        party_links: [
          {
            id: linkId,
            case_id: c.id,
            role: "delegate",
            kek: k.keys.link.id,
            sealed: hex(seal(k.keys.link.key, personId, `link:${linkId}`)),
            // he is nobody's repeat: the matter is not his
            person_tag: null,
          },
        ],
      },
    };
  },
};

const found = (prepared: unknown, id: string): Known[number] => {
  const one = (prepared as Known).find((m) => m.id === id && m.state === "active");
  if (!one) throw new DoorstepError("mandate.notFound");
  return one;
};

/** The petitioner takes it back, or the delegate lays it down: from this moment there is no case for him. */
export const endMandate: Command<Typed<typeof endMandateInput>, Acted> = {
  act: { ...common, act: "endMandate", who: [petitioner], entry: "mandate.ended" },
  prepare: known,
  checks(_c, _s, i, party, prepared) {
    const one = found(prepared, i.mandateId);
    const own = party.kind === "petitioner" ? party.mandate : undefined;
    // whoever signed a joint petition laid his own name to it: nobody takes his code from him
    return (own || isCoSigner(one)) && own?.id !== one.id ? [{ code: "mandate.own" }] : [];
  },
  decide(_k, loaded, s, i, party, prepared) {
    const one = found(prepared, i.mandateId);
    const by = party.kind === "petitioner" && party.mandate ? "delegate" : "petitioner";
    return {
      result: acted(loaded.case),
      facts: { mandate: one.id, by },
      ...(one.filed && { expels: accountsOf(loaded) }),
      rows: { mandate_patch: [{ id: one.id, consent: one.consent, ended_at: s.now.toISOString(), ended_by: by }] },
    };
  },
};

/** Under which pseudonym whoever filed by an account sees the case. */
const accountsOf = (loaded: Parameters<typeof endMandate.decide>[1]): readonly string[] =>
  loaded.audience.filter((a) => a.depth === PERSON_DEPTH).map((a) => a.key);

/** The office has asked the person concerned, or has a paper before it: he consents, he does not, or it is over. */
export const judgeMandate: Command<Typed<typeof judgeMandateInput>, Acted> = {
  act: {
    ...common,
    act: "judgeMandate",
    who: [
      { role: "clerk", at: "holder" },
      { role: "officer", at: "holder" },
      { role: "discipline", at: "organ" },
    ],
    entry: "mandate.judged",
  },
  prepare: known,
  checks: (_c, _s, i, _party, prepared) => (isCoSigner(found(prepared, i.mandateId)) ? [{ code: "mandate.own" }] : []),
  decide(k, loaded, s, i, party, prepared) {
    const one = found(prepared, i.mandateId);
    const at = s.now.toISOString();
    const noteId = k.newId();
    const isOver = i.verdict !== "consents";
    const consent = { consents: "given", refuses: "refused", ended: one.consent }[i.verdict];
    return {
      result: acted(loaded.case),
      facts: { mandate: one.id, verdict: i.verdict, files: i.fileIds.length },
      ...(isOver && one.filed && { expels: accountsOf(loaded) }),
      rows: {
        mandate_patch: [{ id: one.id, consent, ended_at: isOver ? at : null, ended_by: isOver ? "office" : null }],
        messages: [noteRow(k, loaded.case, { id: noteId, at, text: i.how, visibility: "internal", party })],
        file_claims: i.fileIds.map((file) => ({
          id: file,
          case_id: loaded.case.id,
          message_id: noteId,
          visibility: "internal",
        })),
      },
    };
  },
};

export const mandateActs = [giveMandate.act, endMandate.act, judgeMandate.act] as readonly SideAct[];
