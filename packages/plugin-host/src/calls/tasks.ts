import { DoorstepError } from "@doorstep/contracts";
import { endAnyTask, giveTask, signedIn, taskIsOf, tasksOfModule, withdrawTask } from "@doorstep/kernel";
import type { CapabilityApi } from "@doorstep/sdk";
import type { Grantor } from "./capabilities.ts";
import { isHostRequest } from "./host-request.ts";
import { orNull } from "./refused.ts";

const TEXT = { least: 1, most: 500 } as const;
const DAY = /^\d{4}-\d\d-\d\d$/;

const isText = (text: string): boolean => text.trim().length >= TEXT.least && text.length <= TEXT.most;

/** Tasks of one plugin, by the rights of whoever asks, or of the unit in its repeated work. */
export const tasksOf = ({ pluginId, plugin, request, unit }: Grantor): CapabilityApi["tasks"] => ({
  tasks: {
    give: async ({ caseId = null, text, to, dueOn, key }) => {
      if (!isText(text) || !DAY.test(dueOn) || key.length > 100) throw new DoorstepError("input.invalid");
      const by = isHostRequest(request) ? null : signedIn(request);
      const { title } = plugin.manifest;
      const given = { by, unitId: unit.id, caseId, key, to };
      return (await giveTask(request.kernel, given, { pluginId, title, text, dueOn })).taskId;
    },
    list: async (caseId) =>
      (await orNull(tasksOfModule(request.kernel, signedIn(request), pluginId, caseId ?? null))) ?? [],
    end: async (taskId, { done, result }) => {
      if (!isText(result)) throw new DoorstepError("input.invalid");
      const { kernel } = request;
      if (isHostRequest(request)) {
        // by itself a module says of nobody that he has done it
        if (done) throw new DoorstepError("forbidden");
        return await withdrawTask(kernel, { unitId: unit.id, pluginId }, taskId, result);
      }
      const actor = signedIn(request);
      if (!(await taskIsOf(kernel, taskId, pluginId))) throw new DoorstepError("task.notFound");
      await endAnyTask(kernel, actor, kernel.newId(), { taskId, done, result });
    },
  },
});
