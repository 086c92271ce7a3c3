import { Screen } from "@doorstep/ui";
import { Link } from "@tanstack/react-router";
import { useText } from "../app/i18n.ts";
import { kernelClient } from "../app/rpc.ts";
import { ImportWizard, type NamedField } from "../import/import-wizard.tsx";
import { joinReports, runPortions } from "../import/run-portions.ts";
import { Slips } from "./slips.tsx";

const fields = [
  { name: "username", required: true, known: ["username", "账号", "用户名", "证件号"] },
  { name: "name", required: true, known: ["name", "姓名"] },
  { name: "kind", required: true, known: ["kind", "人员类别", "类别"] },
  { name: "unit", required: true, known: ["unit", "单位", "所在单位", "单位代码"] },
  { name: "role", required: false, known: ["role", "roles", "角色"] },
] as const;

/** Every new account costs a slow hash: a portion is answered within seconds. */
const PORTION = 100;

/** People from a list; their one-time passwords are shown once, after the import. */
export function ImportPeopleScreen() {
  const text = useText();
  const named: NamedField[] = fields.map((field) => ({ ...field, label: text(`people.column.${field.name}`) }));
  return (
    <Screen
      title={text("people.importTitle")}
      before={
        <Link to="/people" className="ds-back">
          {`← ${text("people.title")}`}
        </Link>
      }
    >
      <p>{text("people.importIntro")}</p>
      <ImportWizard
        fields={named}
        run={(input, onProgress) =>
          runPortions(kernelClient.people.import.mutate, input.rows, input.apply, {
            key: "username",
            size: PORTION,
            join: (one, other) => ({ ...joinReports(one, other), slips: [...one.slips, ...other.slips] }),
            onProgress,
          })
        }
        after={(report) => <Slips slips={report.slips} />}
      />
    </Screen>
  );
}
