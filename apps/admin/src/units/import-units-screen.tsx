import { Screen } from "@doorstep/ui";
import { Link } from "@tanstack/react-router";
import { useText } from "../app/i18n.ts";
import { kernelClient } from "../app/rpc.ts";
import { ImportWizard, type NamedField } from "../import/import-wizard.tsx";

const fields = [
  { name: "code", required: true, known: ["code", "单位代码", "代码"] },
  { name: "name", required: true, known: ["name", "name_zh", "单位名称", "名称"] },
  { name: "parent", required: true, known: ["parent", "上级单位代码", "上级代码", "上级"] },
  { name: "nameEn", required: false, known: ["name_en", "nameen", "英文名称"] },
  { name: "strength", required: false, known: ["strength", "人数"] },
  { name: "timeZone", required: false, known: ["timezone", "time_zone", "时区"] },
] as const;

/** Units from a list. */
export function ImportUnitsScreen() {
  const text = useText();
  const named: NamedField[] = fields.map((field) => ({ ...field, label: text(`units.column.${field.name}`) }));
  return (
    <Screen
      title={text("units.importTitle")}
      before={
        <Link to="/units" className="ds-back">
          {`← ${text("units.title")}`}
        </Link>
      }
    >
      <p>{text("units.importIntro")}</p>
      <ImportWizard fields={named} run={(input) => kernelClient.units.import.mutate(input)} />
    </Screen>
  );
}
