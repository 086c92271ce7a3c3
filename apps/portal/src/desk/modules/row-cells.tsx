import type { CasePartContribution } from "@doorstep/sdk/ui";
import { type Contributed, Contribution } from "@doorstep/sdk/ui-host";
import { useDeskText } from "../text.ts";

export type AddedColumn = Contributed<CasePartContribution>;

interface RowCellsProps {
  readonly caseId: string;
  readonly columns: readonly AddedColumn[];
}

/** What modules show of a case in its row, point `desk/queue-column@1`. */
export function RowCells(props: RowCellsProps) {
  const { language } = useDeskText();
  return props.columns.map((one) => (
    <div key={`${one.pluginId}/${one.key}`} className="desk-row-added">
      <span className="ds-hidden">{one.value.title[language]}</span>
      <Contribution
        part="queueColumns"
        pluginId={one.pluginId}
        component={one.value.component}
        props={{ caseId: props.caseId }}
        compact
      />
    </div>
  ));
}
