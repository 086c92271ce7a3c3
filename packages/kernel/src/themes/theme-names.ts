import type { Text, Theme } from "@doorstep/contracts";

const t = (zh: string, en: string): Text => ({ "zh-CN": zh, en });

export const themeNames: Readonly<Record<Theme, Text>> = {
  heating: t("供暖", "Heating"),
  utilities: t("水电气", "Water, power and gas"),
  housing: t("住房营房", "Housing and barracks"),
  meals: t("伙食", "Meals"),
  pay: t("工资津贴", "Pay and allowances"),
  leave: t("休假探亲", "Leave"),
  medical: t("就医", "Medical care"),
  schooling: t("子女入学", "Schooling of children"),
  spouseWork: t("家属就业", "Work of spouses"),
  retirement: t("退役安置", "Discharge and resettlement"),
  promotion: t("晋升选改", "Promotion"),
  homeland: t("家乡房产土地", "House and land at home"),
};
