import type { Choice, Text } from "@doorstep/contracts";

/** What is known of a module at a unit when its state is put into words. */
export interface Standing {
  readonly effective: boolean;
  /** by choices alone */
  readonly chosen: boolean;
  readonly own: Choice;
  /** `null`: the platform's default */
  readonly decidedBy: { readonly name: Text; readonly isUnitItself: boolean } | null;
  readonly lockedBy: { readonly name: Text; readonly isUnitItself: boolean } | null;
  /** what the unit would have without a choice of its own; `null` at the root */
  readonly above: boolean | null;
  /** names of required modules that are off here */
  readonly missing: readonly Text[];
  /** the module itself is out of order */
  readonly outOfOrder: boolean;
}

const onOff = (on: boolean): Text => (on ? { "zh-CN": "开启", en: "on" } : { "zh-CN": "关闭", en: "off" });
const join = (...parts: readonly (Text | null)[]): Text => ({
  "zh-CN": parts.map((part) => part?.["zh-CN"] ?? "").join(""),
  en: parts.flatMap((part) => (part ? [part.en] : [])).join(" "),
});

function decision(s: Standing): Text {
  const state = onOff(s.chosen);
  if (s.lockedBy && !s.lockedBy.isUnitItself)
    return {
      "zh-CN": `由“${s.lockedBy.name["zh-CN"]}”锁定为${state["zh-CN"]}。`,
      en: `Locked ${state.en} by “${s.lockedBy.name.en}”.`,
    };
  if (!s.decidedBy) return { "zh-CN": `默认：${state["zh-CN"]}。`, en: `${capital(state.en)} by default.` };
  if (!s.decidedBy.isUnitItself)
    return {
      "zh-CN": `由“${s.decidedBy.name["zh-CN"]}”${state["zh-CN"]}，本单位可以更改。`,
      en: `Turned ${state.en} by “${s.decidedBy.name.en}”; this unit may change it.`,
    };
  const differs = s.above !== null && s.above !== s.chosen;
  const above = onOff(s.above ?? false);
  return {
    "zh-CN": `本单位${state["zh-CN"]}${differs ? `（上级为${above["zh-CN"]}）` : ""}${s.lockedBy ? "，并对下级锁定" : ""}。`,
    en: `Turned ${state.en} by this unit${differs ? ` (${above.en} above)` : ""}${s.lockedBy ? " and locked for the units below" : ""}.`,
  };
}

const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

function dormant(s: Standing): Text | null {
  if (!s.lockedBy || s.lockedBy.isUnitItself || s.own === "inherit") return null;
  const own = onOff(s.own === "on");
  return {
    "zh-CN": `本单位原来的选择（${own["zh-CN"]}）保留，解锁后恢复。`,
    en: `This unit's own choice (${own.en}) is kept and returns when the lock goes.`,
  };
}

function hindrance(s: Standing): Text | null {
  if (!s.chosen) return null;
  if (s.outOfOrder)
    return {
      "zh-CN": "模块目前不能运行，请平台管理员处理。",
      en: "The module cannot run now; the platform's administrator must act.",
    };
  if (s.missing.length === 0) return null;
  return {
    "zh-CN": `等待：${s.missing.map((name) => name["zh-CN"]).join("、")} 未启用。`,
    en: `Waiting: ${s.missing.map((name) => name.en).join(", ")} is off here.`,
  };
}

/** Says in one or two sentences who decided a module's state at a unit, and what stands in its way. */
export const standingSentence = (s: Standing): Text => join(decision(s), dormant(s), hindrance(s));
