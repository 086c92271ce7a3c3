import type { Language } from "@doorstep/ui";
import { useUi } from "@doorstep/ui";
import { createInstance } from "i18next";
import { useMemo } from "react";
import accessEn from "./access/en.json" with { type: "json" };
import accessZh from "./access/zh-CN.json" with { type: "json" };
import actsEn from "./acts/en.json" with { type: "json" };
import actsZh from "./acts/zh-CN.json" with { type: "json" };
import approvalsEn from "./approvals/en.json" with { type: "json" };
import approvalsZh from "./approvals/zh-CN.json" with { type: "json" };
import caseEn from "./case/en.json" with { type: "json" };
import caseZh from "./case/zh-CN.json" with { type: "json" };
import commandsEn from "./commands/en.json" with { type: "json" };
import commandsZh from "./commands/zh-CN.json" with { type: "json" };
import dutyEn from "./duty/en.json" with { type: "json" };
import dutyZh from "./duty/zh-CN.json" with { type: "json" };
import handoverEn from "./handover/en.json" with { type: "json" };
import handoverZh from "./handover/zh-CN.json" with { type: "json" };
import identityEn from "./identity/en.json" with { type: "json" };
import identityZh from "./identity/zh-CN.json" with { type: "json" };
import kinEn from "./kin/en.json" with { type: "json" };
import kinZh from "./kin/zh-CN.json" with { type: "json" };
import lettersEn from "./letters/en.json" with { type: "json" };
import lettersZh from "./letters/zh-CN.json" with { type: "json" };
import modulesEn from "./modules/en.json" with { type: "json" };
import modulesZh from "./modules/zh-CN.json" with { type: "json" };
import namesEn from "./names/en.json" with { type: "json" };
import namesZh from "./names/zh-CN.json" with { type: "json" };
import organTermsEn from "./organ-terms/en.json" with { type: "json" };
import organTermsZh from "./organ-terms/zh-CN.json" with { type: "json" };
import proofEn from "./proof/en.json" with { type: "json" };
import proofZh from "./proof/zh-CN.json" with { type: "json" };
import proposalsEn from "./proposals/en.json" with { type: "json" };
import proposalsZh from "./proposals/zh-CN.json" with { type: "json" };
import quarantineEn from "./quarantine/en.json" with { type: "json" };
import quarantineZh from "./quarantine/zh-CN.json" with { type: "json" };
import queueEn from "./queue/en.json" with { type: "json" };
import queueZh from "./queue/zh-CN.json" with { type: "json" };
import recusalsEn from "./recusals/en.json" with { type: "json" };
import recusalsZh from "./recusals/zh-CN.json" with { type: "json" };
import registerEn from "./register/en.json" with { type: "json" };
import registerZh from "./register/zh-CN.json" with { type: "json" };
import repeatsEn from "./repeats/en.json" with { type: "json" };
import repeatsZh from "./repeats/zh-CN.json" with { type: "json" };
import reportsEn from "./reports/en.json" with { type: "json" };
import reportsZh from "./reports/zh-CN.json" with { type: "json" };
import retaliationEn from "./retaliation/en.json" with { type: "json" };
import retaliationZh from "./retaliation/zh-CN.json" with { type: "json" };
import sharedEn from "./shared/en.json" with { type: "json" };
import sharedZh from "./shared/zh-CN.json" with { type: "json" };
import tasksEn from "./tasks/en.json" with { type: "json" };
import tasksZh from "./tasks/zh-CN.json" with { type: "json" };
import unitLettersEn from "./unit-letters/en.json" with { type: "json" };
import unitLettersZh from "./unit-letters/zh-CN.json" with { type: "json" };
import unitsEn from "./units/en.json" with { type: "json" };
import unitsZh from "./units/zh-CN.json" with { type: "json" };
import urgedEn from "./urged/en.json" with { type: "json" };
import urgedZh from "./urged/zh-CN.json" with { type: "json" };

const zh = {
  ...sharedZh,
  ...modulesZh,
  ...namesZh,
  ...identityZh,
  ...quarantineZh,
  ...queueZh,
  ...registerZh,
  ...caseZh,
  ...actsZh,
  ...lettersZh,
  ...approvalsZh,
  ...commandsZh,
  ...recusalsZh,
  ...unitLettersZh,
  ...unitsZh,
  ...tasksZh,
  ...urgedZh,
  ...handoverZh,
  ...kinZh,
  ...organTermsZh,
  ...accessZh,
  ...repeatsZh,
  ...reportsZh,
  ...proposalsZh,
  ...dutyZh,
  ...proofZh,
  ...retaliationZh,
};
export type DeskKey = keyof typeof zh;
/** The annotation is the proof that no English text is missing. */
const en: Readonly<Record<DeskKey, string>> = {
  ...sharedEn,
  ...modulesEn,
  ...namesEn,
  ...identityEn,
  ...quarantineEn,
  ...queueEn,
  ...registerEn,
  ...caseEn,
  ...actsEn,
  ...lettersEn,
  ...approvalsEn,
  ...commandsEn,
  ...recusalsEn,
  ...unitLettersEn,
  ...unitsEn,
  ...tasksEn,
  ...urgedEn,
  ...handoverEn,
  ...kinEn,
  ...organTermsEn,
  ...accessEn,
  ...repeatsEn,
  ...reportsEn,
  ...proposalsEn,
  ...dutyEn,
  ...proofEn,
  ...retaliationEn,
};

export type DeskText = (key: DeskKey, values?: Readonly<Record<string, string | number>>) => string;

/** An instance of the desk's own: its texts come with its chunk, and no petitioner downloads them. */
const messages = createInstance();
void messages.init({
  resources: { "zh-CN": { desk: zh }, en: { desk: en } },
  lng: "zh-CN",
  fallbackLng: "zh-CN",
  defaultNS: "desk",
  keySeparator: false,
  nsSeparator: false,
  initAsync: false,
  // React escapes what it shows.
  interpolation: { escapeValue: false, prefix: "{", suffix: "}" },
});

/** The desk's words in one language. */
export function deskText(language: Language): DeskText {
  const t = messages.getFixedT(language, "desk");
  return (key, values = {}) => t(key, values);
}

/** The desk's words in the reader's language. */
export function useDeskText(): { readonly text: DeskText; readonly language: Language } {
  const { language } = useUi();
  return useMemo(() => ({ text: deskText(language), language }), [language]);
}

/** A name from a list that may grow after this build: the code itself where the words are not known yet. */
export function nameOf(text: DeskText, group: string, code: string): string {
  const key = `desk.${group}.${code}`;
  return key in zh ? text(key as DeskKey) : code;
}
