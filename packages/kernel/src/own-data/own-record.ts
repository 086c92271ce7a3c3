import type { OwnRecord, PersonKind, Text } from "@doorstep/contracts";
import { DoorstepError } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import type { Kernel } from "../kernel.ts";
import { auditRows } from "../ledger/audit.ts";
import { readNotificationSettings } from "../notifications/notification-settings.ts";
import { kindName, roleName } from "../people/labels.ts";
import { grantHistoryOf, toWireGrant } from "../people/read-grants.ts";
import { ownKin } from "../recusal/declare-kin.ts";
import { ownSignature } from "../signatures/own-signature.ts";

const SHOWN = 50;

async function personOf(k: Kernel, personId: string): Promise<OwnRecord["person"]> {
  const { rows } = await k.pool.query<Omit<OwnRecord["person"], "kind"> & { readonly kind: PersonKind }>(
    `select p.name, p.username, p.kind, p.locale, p.mail, p.last_seen_on::text as "lastSeenOn",
            json_build_object('zh-CN', u.name_zh, 'en', u.name_en) as unit
       from kernel.people p join kernel.units u on u.id = p.unit_id where p.id = $1`,
    [personId],
  );
  const [person] = rows;
  if (!person) throw new DoorstepError("person.notFound");
  return { ...person, kind: kindName(person.kind) };
}

/** By the ledger: in the table of recusals a later wish of the petitioner would replace his own declaration. */
async function recusalsOf(k: Kernel, personId: string): Promise<OwnRecord["recusals"]> {
  const { rows } = await k.pool.query<{ at: Date }>(
    "select at from kernel.ledger where actor = $1 and type = 'recusal.declared' order by at desc, seq desc",
    [`person:${personId}`],
  );
  return rows.map(({ at }) => ({ at: at.toISOString() }));
}

async function dutyOf(k: Kernel, personId: string): Promise<OwnRecord["duty"]> {
  const { rows } = await k.pool.query<{ unit: Text; from: Date; until: Date; removed: boolean }>(
    `select json_build_object('zh-CN', u.name_zh, 'en', u.name_en) as unit, s.from_at as "from", s.until_at as "until",
            s.removed_at is not null as removed
       from kernel.duty_shifts s join kernel.units u on u.id = s.unit_id
      where s.person_id = $1 order by s.from_at desc, s.id`,
    [personId],
  );
  return rows.map((row) => ({ ...row, from: row.from.toISOString(), until: row.until.toISOString() }));
}

async function tasksOf(k: Kernel, personId: string): Promise<OwnRecord["tasks"]> {
  const { rows } = await k.pool.query<OwnRecord["tasks"][number]>(
    `select json_build_object('zh-CN', title_zh, 'en', title_en) as module, due_on::text as "dueOn", state
       from kernel.tasks where person_id = $1 order by due_on desc, id`,
    [personId],
  );
  return rows;
}

/** What is held on somebody with an account, for himself alone; `most` acts of his, newest first. */
export async function readOwnRecord(k: Kernel, actor: Actor, most: number = SHOWN): Promise<OwnRecord> {
  const { personId } = actor;
  const [person, grants, sessions, notifications, recusals, kin, signature, duty, tasks, acts] = await Promise.all([
    personOf(k, personId),
    grantHistoryOf(k.pool, personId),
    k.accounts.sessions(personId),
    readNotificationSettings(k, actor, "staff"),
    recusalsOf(k, personId),
    ownKin(k, actor),
    ownSignature(k, actor),
    dutyOf(k, personId),
    tasksOf(k, personId),
    // petitions he filed by his account are left out there: that he filed them belongs to the vault
    auditRows(k, { who: personId }, { zone: "UTC", limit: most }),
  ]);
  return {
    person,
    grants: grants.map((grant) => ({
      ...toWireGrant(grant),
      roleName: roleName(grant.role),
      why: grant.why,
      revokedOn: grant.revokedOn,
    })),
    sessions: sessions.map(({ signedInAt, usedAt }) => ({
      signedInAt: signedInAt.toISOString(),
      usedAt: usedAt.toISOString(),
    })),
    notifications,
    recusals,
    kin: kin.map((one) => ({ name: one.person.name, declaredAt: one.declaredAt })),
    signature,
    duty,
    tasks,
    acts: acts.items.map(({ at, type, name }) => ({ at, type, name })),
    actsComplete: acts.nextCursor === null,
  };
}
