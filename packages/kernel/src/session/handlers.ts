import { createHmac } from "node:crypto";
import { DoorstepError, type Permission, rolePermissions, type UnitSummary } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import type { Handlers } from "../handlers.ts";
import type { Kernel } from "../kernel.ts";
import { exportRecord } from "../own-data/export-record.ts";
import { readOwnRecord } from "../own-data/own-record.ts";
import { grantsOf, toWireGrant } from "../people/read-grants.ts";
import { rolesWithSecondFactor } from "../people/second-factor.ts";
import { signedIn } from "../request-context.ts";
import { ownSignature, setOwnSignature } from "../signatures/own-signature.ts";
import { localDay } from "../units/living.ts";
import { summaryJson } from "../units/read-unit.ts";

/** Who asks, with his unit; the day he was last seen is kept, not the hour. */
async function sessionOf(kernel: Kernel, actor: Actor) {
  const now = kernel.now();
  const { pool } = kernel;
  const { rows } = await pool.query<{ unit: UnitSummary; timeZone: string; stale: boolean }>(
    `select ${summaryJson("u")} as unit, u.time_zone as "timeZone", p.last_seen_on is distinct from ${localDay("u", "$2")} as stale
       from kernel.people p join kernel.units u on u.id = p.unit_id where p.id = $1`,
    [actor.personId, now],
  );
  if (rows[0]?.stale)
    await pool.query(
      `update kernel.people p set last_seen_on = ${localDay("u", "$2")} from kernel.units u
        where u.id = p.unit_id and p.id = $1`,
      [actor.personId, now],
    );
  const grants = await grantsOf(pool, [actor.personId], now);
  const account = (await kernel.accounts.states([actor.personId])).get(actor.personId);
  const needing = await rolesWithSecondFactor(pool);
  const secondFactor = account?.secondFactor ?? false;
  const secondFactorRequired = actor.grants.some((grant) => needing.has(grant.role));
  const permissions = new Set<Permission>(actor.grants.flatMap((grant) => rolePermissions[grant.role]));
  return {
    personId: actor.personId,
    name: actor.name,
    username: actor.username,
    unit: rows[0]?.unit ?? null,
    timeZone: rows[0]?.timeZone ?? null,
    grants: grants.map(toWireGrant),
    permissions: [...permissions],
    mustChangePassword: account?.mustChangePassword ?? false,
    mustEnrolSecondFactor: secondFactorRequired && !secondFactor,
    secondFactor,
    secondFactorRequired,
    locale: actor.locale,
  };
}

export const sessionHandlers: Handlers["session"] = {
  me: (ctx) => (ctx.actor ? sessionOf(ctx.kernel, ctx.actor) : Promise.resolve(null)),
  setLocale: async (ctx, input) => {
    const actor = signedIn(ctx);
    await ctx.kernel.pool.query("update kernel.people set locale = $2 where id = $1", [actor.personId, input.locale]);
    return { ok: true };
  },
  list: async (ctx) => {
    const sessions = await ctx.kernel.accounts.sessions(signedIn(ctx).personId);
    return sessions.map(({ id, signedInAt, usedAt }) => ({
      id,
      current: id === ctx.sessionId,
      signedInAt: signedInAt.toISOString(),
      usedAt: usedAt.toISOString(),
    }));
  },
  record: (ctx) => readOwnRecord(ctx.kernel, signedIn(ctx)),
  signature: (ctx) => ownSignature(ctx.kernel, signedIn(ctx)),
  setSignature: async (ctx, input) => {
    await setOwnSignature(ctx.kernel, signedIn(ctx), input.png);
    return ownSignature(ctx.kernel, signedIn(ctx));
  },
  exportRecord: (ctx) => exportRecord(ctx.kernel, signedIn(ctx)),
  revoke: async (ctx, input) => {
    await ctx.kernel.accounts.endSession(signedIn(ctx).personId, input.sessionId);
    return { ok: true };
  },
  deviceKey: async (ctx) => {
    signedIn(ctx);
    if (ctx.sessionId === undefined) throw new DoorstepError("unauthorized");
    const secret = ctx.kernel.keys.derive("device");
    return { key: createHmac("sha256", secret).update(ctx.sessionId).digest("base64") };
  },
  revokeOthers: async (ctx) => {
    const { personId } = signedIn(ctx);
    if (ctx.sessionId === undefined) throw new DoorstepError("unauthorized");
    await ctx.kernel.accounts.endOtherSessions(personId, ctx.sessionId);
    return { ok: true };
  },
};
