import { Form, Table, TextField } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { refusalOf } from "../app/error-text.ts";
import { useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel, kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";
import type { PendingChange } from "./matrix-cell.ts";

interface PreviewPartProps {
  readonly changes: readonly PendingChange[];
  readonly onBack: () => void;
  readonly onApplied: (affected: number) => void;
  readonly onStale: () => void;
}

/** A preview is kept nowhere, so its reason may stay open. */
const NO_REASON_YET = "–";

/** What the changes do at which unit, before anything is applied. */
export function PreviewPart(props: PreviewPartProps) {
  const text = useText();
  const name = useName();
  const { changes } = props;
  const modules = useQuery(kernel.modules.list.queryOptions({}));
  const revision = useQuery(kernel.modules.matrix.queryOptions({ q: "", expanded: [] }));
  const input = changes.map((change) => ({ ...change, why: change.why || NO_REASON_YET }));
  const preview = useQuery(kernel.modules.preview.queryOptions({ changes: input }, { staleTime: 0, gcTime: 0 }));
  const apply = useAct(kernelClient.modules.choose.mutate, { done: (result) => props.onApplied(result.affected) });
  const send = async (why: string) => {
    const reasoned = changes.map((change) => ({ ...change, why: change.why || why }));
    try {
      await apply.runAsync({ revision: revision.data?.revision ?? 0, changes: reasoned });
    } catch (error) {
      if (refusalOf(error)?.code === "module.stale") props.onStale();
    }
  };
  const titleOf = (id: string) => {
    const title = modules.data?.find((module) => module.id === id)?.title;
    return title ? name(title) : id;
  };
  const state = (on: boolean) => text(on ? "modules.stateOn" : "modules.stateOff");
  return (
    <>
      <div>
        <button type="button" className="ds-link" onClick={props.onBack}>
          {`← ${text("modules.backToMatrix")}`}
        </button>
      </div>
      <Loaded query={preview}>
        {(rows) => (
          <>
            <p>
              {rows.every((row) => row.before === row.after)
                ? text("modules.previewNone")
                : text("modules.affects", {
                    count: new Set(rows.filter((row) => row.before !== row.after).map((row) => row.unit.id)).size,
                  })}
            </p>
            <Table.ScrollContainer minWidth={520} tabIndex={0} role="group" aria-label={text("modules.previewTitle")}>
              <Table>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{text("modules.unitColumn")}</Table.Th>
                    <Table.Th>{text("modules.moduleColumn")}</Table.Th>
                    <Table.Th>{text("modules.changeColumn")}</Table.Th>
                    <Table.Th>{text("modules.causeColumn")}</Table.Th>
                    <Table.Th>{text("modules.casesColumn")}</Table.Th>
                    <Table.Th>{text("modules.missingColumn")}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {rows.map((row) => (
                    <Table.Tr key={`${row.unit.id} ${row.pluginId}`}>
                      <Table.Td>{name(row.unit.name)}</Table.Td>
                      <Table.Td>{titleOf(row.pluginId)}</Table.Td>
                      <Table.Td>
                        {text("modules.change", { before: state(row.before), after: state(row.after) })}
                      </Table.Td>
                      <Table.Td>{text(row.cause === "own" ? "modules.causeOwn" : "modules.causeInherited")}</Table.Td>
                      <Table.Td>{row.openCases}</Table.Td>
                      <Table.Td>{row.missing.length > 0 ? `⚠ ${row.missing.join("、")}` : "–"}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
            <div className="ad-form">
              <Form
                initial={{ why: "" }}
                submitLabel={text("modules.apply")}
                busy={apply.busy || revision.isFetching}
                error={apply.error}
                onSubmit={({ why }) => send(why)}
              >
                <TextField
                  name="why"
                  label={text("modules.whyForAll")}
                  required={changes.some((change) => !change.why)}
                  maxLength={200}
                />
              </Form>
            </div>
          </>
        )}
      </Loaded>
    </>
  );
}
