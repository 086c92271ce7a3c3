import type { Handlers } from "../handlers.ts";
import { signedIn } from "../request-context.ts";
import { endAnyTask } from "./end-task.ts";
import { listTasks } from "./list-tasks.ts";

export const tasksHandlers: Handlers["tasks"] = {
  list: (ctx) => listTasks(ctx.kernel, signedIn(ctx)),
  end: async (ctx, { key, ...ending }) => {
    await endAnyTask(ctx.kernel, signedIn(ctx), key, ending);
    return { ok: true };
  },
};
