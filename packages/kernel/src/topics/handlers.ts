import { DoorstepError } from "@doorstep/contracts";
import { mayAnywhere } from "../actor.ts";
import { scopeOf } from "../actor-scope.ts";
import { inChange, ledgerActorOf } from "../change.ts";
import type { Handlers } from "../handlers.ts";
import { signedIn } from "../request-context.ts";
import { readTopics, saveTopics } from "./save-topics.ts";

export const topicsHandlers: Handlers["topics"] = {
  list: (ctx) => readTopics(ctx.kernel.pool),
  save: (ctx, input) => {
    const actor = signedIn(ctx);
    return inChange(ctx.kernel, ledgerActorOf(actor), async (change) => {
      const { subtree, flat } = scopeOf(actor, "topics.manage");
      // One catalogue for all: only who administers a whole tree may change it.
      const { rows } = await change.client.query<{ id: string }>(
        `select id from kernel.units where parent_id is null and (id = any($1::uuid[]) or id = any($2::uuid[]) or $3)
          order by id limit 1`,
        [subtree, flat, mayAnywhere(actor, "platform.manage")],
      );
      const root = rows[0];
      if (!root) throw new DoorstepError("forbidden");
      await saveTopics(change, { ...input, stream: root.id });
      return await readTopics(change.client);
    });
  },
};
