import { DoorstepError } from "@doorstep/contracts";
import type { Actor } from "../actor.ts";
import { assertMayAt } from "../actor-scope.ts";
import { type Change, inChange, ledgerActorOf } from "../change.ts";
import type { Handlers } from "../handlers.ts";
import { standOutSince } from "../recusal/stand-out.ts";
import { type RequestContext, signedIn } from "../request-context.ts";
import { unitPath } from "../units/unit-path.ts";
import { candidates } from "./candidates.ts";
import { confirmGrant, grantRole, pendingGrants, revokeGrant } from "./change-grants.ts";
import { createPerson, updatePerson, usernameOf } from "./change-person.ts";
import { findPeople } from "./find-people.ts";
import { importPeople } from "./import-people.ts";
import { issueSlip } from "./issue-slip.ts";
import { previewPerson } from "./preview.ts";
import { listPeople, personDetail } from "./read-people.ts";
import { readRole } from "./read-role.ts";
import { readSecondFactorRules, saveSecondFactorRules } from "./second-factor.ts";

const asChange = <T>(ctx: RequestContext, work: (change: Change, actor: Actor) => Promise<T>): Promise<T> => {
  const actor = signedIn(ctx);
  return inChange(ctx.kernel, ledgerActorOf(actor), (change) => work(change, actor));
};

const detail = (ctx: RequestContext, change: Change, actor: Actor, personId: string) =>
  personDetail({ reader: change.client, accounts: ctx.kernel.accounts, now: change.at }, actor, personId, {
    asked: true,
  });

/** A change of one person and the person as he stands afterwards. */
const changed = (ctx: RequestContext, work: (change: Change, actor: Actor) => Promise<string>) =>
  asChange(ctx, async (change, actor) => await detail(ctx, change, actor, await work(change, actor)));

/** The same, and at once he stands out wherever his new place or duties bring him into conflict [SPEC §16(5)]. */
async function moved(ctx: RequestContext, work: (change: Change, actor: Actor) => Promise<string>) {
  const person = await changed(ctx, work);
  await standOutSince(ctx.kernel, person.id);
  return person;
}

export const peopleHandlers: Handlers["people"] = {
  list: (ctx, input) => listPeople(ctx.kernel.pool, signedIn(ctx), input, ctx.kernel.now()),
  get: (ctx, input) => {
    const { pool: reader, accounts, now } = ctx.kernel;
    return personDetail({ reader, accounts, now: now() }, signedIn(ctx), input.personId);
  },

  create: (ctx, input) =>
    asChange(ctx, async (change, actor) => {
      assertMayAt(actor, "people.manage", await unitPath(change.client, input.unitId), "grant.outside");
      const personId = await createPerson(change, input);
      const holder = { personId, username: usernameOf(input.username) };
      const [slip] = await ctx.kernel.accounts.createAccounts(change.client, [holder]);
      if (!slip) throw new Error("no slip for a new account");
      return { person: await detail(ctx, change, actor, personId), slip };
    }),

  update: (ctx, input) =>
    moved(ctx, async (change, actor) => {
      await updatePerson(change, actor, ctx.kernel.accounts, input);
      return input.personId;
    }),

  grant: (ctx, input) =>
    moved(ctx, async (change, actor) => {
      await grantRole(change, actor, input);
      return input.personId;
    }),
  confirmGrant: (ctx, input) => moved(ctx, (change, actor) => confirmGrant(change, actor, input.grantId)),
  revoke: (ctx, input) => changed(ctx, (change, actor) => revokeGrant(change, actor, input.grantId)),
  role: (ctx, input) => readRole(ctx.kernel.pool, signedIn(ctx), input, ctx.kernel.now()),
  preview: (ctx, input) => previewPerson(ctx.kernel, signedIn(ctx), input),
  pendingGrants: (ctx) => pendingGrants(ctx.kernel.pool, signedIn(ctx), ctx.kernel.now()),

  slip: (ctx, input) => asChange(ctx, (change, actor) => issueSlip(change, actor, ctx.kernel.accounts, input)),
  secondFactorRules: (ctx) => readSecondFactorRules(ctx.kernel.pool),
  setSecondFactorRules: (ctx, input) =>
    asChange(ctx, async (change, actor) => {
      const platform = actor.grants.find((grant) => grant.role === "platformAdmin");
      if (!platform) throw new DoorstepError("forbidden");
      return await saveSecondFactorRules(change, input.rules, platform.unitId);
    }),

  import: (ctx, input) => importPeople(ctx.kernel, signedIn(ctx), input),
  find: (ctx, input) => findPeople(ctx.kernel, input.q),
  candidates: (ctx, input) => candidates(ctx.kernel, signedIn(ctx), input),
};
