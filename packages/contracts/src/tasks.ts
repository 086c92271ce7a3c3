import { z } from "zod";
import { caseNo, id, idempotencyKey, localDate, text } from "./ids.ts";
import { bilingual } from "./text.ts";

/** Something one person is to do by a day. */
export const taskItem = z.object({
  taskId: id,
  text: z.string(),
  dueOn: localDate,
  late: z.boolean(),
  unit: bilingual,
  /** the module it comes from */
  module: bilingual,
  case: z.object({ id, caseNo, title: z.string() }).nullable(),
  /** whose it is, where that is somebody who has left: somebody must take it over */
  leftBy: z.string().nullable(),
});
export type TaskItem = z.infer<typeof taskItem>;

export const endTaskInput = z.object({
  taskId: id,
  key: idempotencyKey,
  /** `false`: it is not needed any more */
  done: z.boolean(),
  result: text(1_000),
});
