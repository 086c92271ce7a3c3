import type { State, Text } from "@doorstep/contracts";

export const w = (zh: string, en: string): Text => ({ "zh-CN": zh, en });

/** Where a petition is, as registers say it. */
export const stateWords: Readonly<Record<State, Text>> = {
  received: w("待登记", "to register"),
  registered: w("已登记", "registered"),
  routed: w("已转送", "passed on"),
  accepted: w("已受理", "accepted"),
  inHandling: w("办理中", "in handling"),
  replied: w("已答复", "replied"),
  review: w("复查中", "under review"),
  rereview: w("复核中", "under re-review"),
  final: w("已终结", "final"),
  archived: w("已归档", "archived"),
  diverted: w("已分流", "diverted"),
  guided: w("已引导", "guided"),
  merged: w("已并案", "merged"),
  notReaccepted: w("不再受理", "not taken up again"),
  withdrawn: w("已撤回", "withdrawn"),
};

/** How a petition came from one unit to another [R22:22, 23]. */
export const legWords: Readonly<Record<string, Text>> = {
  transfer: w("转送", "transferred"),
  assign: w("交办", "assigned"),
  return: w("退回", "sent back"),
  designate: w("指定管辖", "designated"),
};

/** Which round of review [R22:35, 36]. */
export const levelWords: Readonly<Record<string, Text>> = {
  review: w("复查", "review"),
  rereview: w("复核", "re-review"),
};

export const levelOfSecrecy: Readonly<Record<number, Text>> = {
  1: w("一般", "ordinary"),
  2: w("保密", "confidential"),
  3: w("检举控告", "accusation"),
};
