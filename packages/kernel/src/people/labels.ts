import { type PersonKind, personKinds, type Role, roles, type Text } from "@doorstep/contracts";

const kindsInChinese: Readonly<Record<string, PersonKind>> = {
  军官: "officer",
  干部: "officer",
  军士: "nco",
  士官: "nco",
  义务兵: "conscript",
  文职: "civilianStaff",
  文职人员: "civilianStaff",
  家属: "family",
  退役军人: "veteran",
  烈属: "survivor",
  遗属: "survivor",
  群众: "citizen",
};

const rolesInChinese: Readonly<Record<string, Role>> = {
  登记员: "clerk",
  身份保管人: "custodian",
  信访干部: "officer",
  承办人: "handler",
  信访部门负责人: "officeHead",
  签批人: "signer",
  包案领导: "chargeLeader",
  复查人: "reviewer",
  纪检干部: "discipline",
  调解员: "mediator",
  督查员: "supervisor",
  谈心骨干: "talkOfficer",
  值班救助员: "dutyHelper",
  分析员: "analyst",
  审计员: "auditor",
  单位管理员: "unitAdmin",
  平台管理员: "platformAdmin",
};

/** "unitAdmin" reads "unit admin"; in Chinese the first word of the list. */
const nameOf = <T extends string>(words: Readonly<Record<string, T>>, code: T): Text => ({
  "zh-CN": Object.entries(words).find(([, one]) => one === code)?.[0] ?? code,
  en: code.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
});
export const roleName = (role: Role): Text => nameOf(rolesInChinese, role);
export const kindName = (kind: PersonKind): Text => nameOf(kindsInChinese, kind);

const codes = <T extends string>(names: readonly T[]): Record<string, T> =>
  Object.fromEntries(names.map((name) => [name.toLowerCase(), name])) as Record<string, T>;

/** What lists write for a kind of person, in lower case: our code or the usual Chinese word. */
export const kindLabels: Readonly<Record<string, PersonKind>> = { ...codes(personKinds), ...kindsInChinese };
export const roleLabels: Readonly<Record<string, Role>> = { ...codes(roles), ...rolesInChinese };
