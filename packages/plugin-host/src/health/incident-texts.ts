import type { Text } from "@doorstep/contracts";
import { ZodError } from "zod";
import { type CallKind, DeadlinePassed, NoPlace } from "../calls/limits.ts";
import { OddAnswer, ProcessEnded } from "../remote/supervise.ts";

const t = (zh: string, en: string): Text => ({ "zh-CN": zh, en });

/** What a module was doing: answering a call, running at all, or showing something. */
export type IncidentKind = CallKind | "process" | "page";

/** What a module was asked for, in words for an administrator. */
export const kindTexts: Readonly<Record<IncidentKind, Text>> = {
  rpc: t("页面请求", "Requests of its pages"),
  decide: t("规则判断", "Its rules"),
  toCase: t("整理来信表单", "Turning a form into a petition"),
  transport: t("发送通知", "Sending notifications"),
  address: t("其他系统的访问", "Calls of other systems"),
  job: t("定时任务", "Its repeated work"),
  event: t("接收事项动态", "Hearing of petitions"),
  report: t("统计报表", "Its reports"),
  dataset: t("月度统计", "Counting its months"),
  page: t("在浏览器中显示", "Showing in browsers"),
  process: t("模块进程", "The module's process"),
};

/** How it failed; codes, so that nothing somebody wrote can get into them. */
export const incidentTexts = {
  deadline: t("没有在规定时间内答复", "It did not answer in time"),
  busy: t("同时的请求过多，排队超时", "Too many requests at once; one waited too long"),
  ended: t("模块进程意外结束", "The module's process ended"),
  notStarted: t("在一个服务进程中没有启动", "It did not start in one of the server processes"),
  answer: t("答复的内容不合要求", "It answered what is no answer"),
  threw: t("模块内部出错", "It failed inside"),
} as const satisfies Record<string, Text>;

export type IncidentCode = keyof typeof incidentTexts;

/** The code of whatever a call ended with. */
export function incidentCodeOf(error: unknown): IncidentCode {
  if (error instanceof NoPlace) return "busy";
  if (error instanceof DeadlinePassed) return "deadline";
  if (error instanceof ProcessEnded) return "ended";
  if (error instanceof ZodError || error instanceof OddAnswer) return "answer";
  return "threw";
}
