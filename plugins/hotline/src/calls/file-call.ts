import { DoorstepError, type FiledFor, type FileForInput } from "@doorstep/sdk";
import { refusal } from "@doorstep/sdk/server";
import { eq } from "drizzle-orm";
import { calls } from "../schema.ts";
import { type Call, type CallCtx, callOf, todayAt } from "./call-ctx.ts";

export interface CallRecord {
  readonly callId: string;
  readonly taken: Omit<FileForInput, "key" | "channel" | "via" | "fileIds" | "locale">;
  /** under which the exchange has recorded the call */
  readonly recording: string;
  /** the day on which the office calls back */
  readonly callBackOn: string | null;
}

/** What became of the promise to call back: `refused` where whoever answered may not know of the petition. */
export type CallBack = "none" | "kept" | "refused";

/** Read by whoever sees the petition, also when this module is gone. */
const withRecording = (body: string, recording: string): string =>
  recording === "" ? body : `${body}\n\n录音编号 Recording: ${recording}`;

/** A task of whoever answered. The petition is filed by then: a task that cannot be given does not undo it. */
async function promise(ctx: CallCtx, call: Call, caseId: string, dueOn: string): Promise<CallBack> {
  try {
    const taskId = await ctx.tasks.give({
      caseId,
      text: `回电：${call.day} 第${call.no}个来电 Call back: call ${call.no} of ${call.day}`,
      to: { personId: call.byPerson },
      dueOn,
      key: `back-${call.id}-${call.attempts}`,
    });
    await ctx.db.update(calls).set({ callBackOn: dueOn, taskId }).where(eq(calls.id, call.id));
    return "kept";
  } catch (error) {
    if (error instanceof DoorstepError) return "refused";
    throw error;
  }
}

/** @throws DoorstepError `module.refused` where it is no number of a recording, but words about the caller */
const assertRecording = (recording: string): void => {
  if (!/^[\w.-]*$/.test(recording))
    throw refusal("recordingForm", {
      "zh-CN": "录音编号只能有字母、数字和 . - _，请照录音系统给的编号改正；没有编号可以不填。",
      en: "The number of a recording has only letters, digits and . - _. Put it as the recorder gives it, or leave it out.",
    });
};

const assertDay = (ctx: CallCtx, on: string | null): void => {
  if (on !== null && on < todayAt(ctx))
    throw refusal("callBackOver", {
      "zh-CN": "回电日期已经过去，请另选一天。",
      en: "The day to call back is over. Choose another.",
    });
};

/**
 * Makes a petition of a call in one press; pressed again it is the same one. An accusation is called back by its organ, so
 * that nothing of it is kept here.
 *
 * @throws DoorstepError `record.notFound` for the call of another, `record.state`, `module.refused`, and what `fileFor` throws
 */
export async function fileCall(ctx: CallCtx, record: CallRecord): Promise<FiledFor & { readonly callBack: CallBack }> {
  const call = await callOf(ctx, record.callId);
  if (call.byPerson !== ctx.user?.id) throw new DoorstepError("record.notFound");
  const isFiled = call.outcome === "petition";
  if (call.endedAt !== null && !isFiled) throw new DoorstepError("record.state");
  assertRecording(record.recording);
  assertDay(ctx, record.callBackOn);
  const filed = await ctx.intake
    .fileFor({
      ...record.taken,
      body: withRecording(record.taken.body, record.recording),
      key: `call-${call.id}-hotline`,
      channel: "hotline/call",
      via: "phone",
    })
    .catch((error: unknown) => {
      if (error instanceof DoorstepError && error.code === "key.reused") throw new DoorstepError("record.state");
      throw error;
    });
  const { caseId } = filed;
  if (!isFiled)
    await ctx.db.update(calls).set({ outcome: "petition", endedAt: ctx.now, caseId }).where(eq(calls.id, call.id));
  const { callBackOn } = record;
  if (callBackOn === null) return { ...filed, callBack: "none" };
  return { ...filed, callBack: caseId === null ? "refused" : await promise(ctx, call, caseId, callBackOn) };
}

/**
 * Somebody was called back: reached, or another day is promised.
 *
 * @throws DoorstepError `record.state` where no call is owed, `case.notFound`, `task.notFound`, `act.refused`
 */
export async function calledBack(
  ctx: CallCtx,
  { callId, nextOn }: { readonly callId: string; readonly nextOn: string | null },
): Promise<{ readonly callBack: CallBack }> {
  const call = await callOf(ctx, callId);
  const { caseId, taskId } = call;
  if (caseId === null || taskId === null || call.calledBackAt !== null) throw new DoorstepError("record.state");
  if ((await ctx.cases.get(caseId)) === null) throw new DoorstepError("case.notFound");
  assertDay(ctx, nextOn);
  await ctx.tasks.end(taskId, { done: true, result: nextOn === null ? "已回电 Called back" : "没有打通 Not reached" });
  const attempts = call.attempts + 1;
  if (nextOn === null) {
    await ctx.db.update(calls).set({ attempts, calledBackAt: ctx.now }).where(eq(calls.id, callId));
    return { callBack: "none" };
  }
  await ctx.db.update(calls).set({ attempts }).where(eq(calls.id, callId));
  return { callBack: await promise(ctx, { ...call, attempts }, caseId, nextOn) };
}
