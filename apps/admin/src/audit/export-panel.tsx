import { Form, SidePanel, saveCsv, TextField } from "@doorstep/ui";
import { useName, useText } from "../app/i18n.ts";
import { kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";
import { useAuditFilter } from "./use-audit-filter.ts";
import { useEntryWords } from "./use-entry-words.ts";

interface ExportPanelProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onDone: (told: string) => void;
}

/** Takes what the filter shows out of the house, with a reason. */
export function ExportPanel(props: ExportPanelProps) {
  const text = useText();
  const name = useName();
  const words = useEntryWords();
  const { filter } = useAuditFilter();
  const take = useAct(kernelClient.ledger.export.mutate, {
    done: ({ items, complete }) => {
      const head = [text("audit.at"), text("audit.by"), text("audit.kind"), text("audit.place"), text("audit.facts")];
      const lines = items.map((entry) => [
        entry.at,
        words.actor(entry),
        name(entry.name),
        words.place(entry),
        entry.sealed
          ? text("audit.sealed")
          : Object.entries(entry.facts)
              .map(([field, value]) => `${words.field(field)}: ${words.value(entry, value)}`)
              .join("; "),
        entry.hash,
      ]);
      saveCsv("audit.csv", [[...head, text("audit.hash")], ...lines]);
      props.onDone(text(complete ? "audit.exported" : "audit.exportedPart", { count: items.length }));
    },
  });
  return (
    <SidePanel opened={props.opened} title={text("audit.exportTitle")} onClose={props.onClose}>
      <p>{text("audit.exportNote")}</p>
      <Form
        initial={{ reason: "" }}
        submitLabel={text("audit.exportNow")}
        busy={take.busy}
        error={take.error}
        onSubmit={({ reason }) => take.run({ ...filter, reason })}
      >
        <TextField
          name="reason"
          label={text("audit.exportWhy")}
          hint={text("audit.exportWhyHint")}
          required
          maxLength={300}
        />
      </Form>
    </SidePanel>
  );
}
