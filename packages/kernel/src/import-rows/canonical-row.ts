/** What people write over the columns of their lists; everything else is left unread. */
const aliases: Readonly<Record<string, string>> = {
  code: "code",
  单位代码: "code",
  代码: "code",
  parent: "parent",
  上级单位代码: "parent",
  上级代码: "parent",
  上级: "parent",
  name: "name",
  name_zh: "name",
  单位名称: "name",
  名称: "name",
  姓名: "name",
  name_en: "nameEn",
  nameen: "nameEn",
  英文名称: "nameEn",
  timezone: "timeZone",
  time_zone: "timeZone",
  时区: "timeZone",
  strength: "strength",
  人数: "strength",
  username: "username",
  账号: "username",
  用户名: "username",
  证件号: "username",
  kind: "kind",
  人员类别: "kind",
  类别: "kind",
  unit: "unit",
  单位: "unit",
  所在单位: "unit",
  role: "role",
  roles: "role",
  角色: "role",
};

const BOM = "\uFEFF";

/** A row under the names this system uses, values trimmed; of a column given twice the first counts. */
export function canonicalRow(row: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const named: Record<string, string> = {};
  for (const [heading, value] of Object.entries(row)) {
    const name = aliases[heading.replace(BOM, "").normalize("NFKC").trim().toLowerCase()];
    if (name && !(name in named)) named[name] = value.normalize("NFC").trim();
  }
  return named;
}
