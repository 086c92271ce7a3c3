import { MOST_EXPORTED_CASES } from "@doorstep/contracts";
import { Form, SidePanel, saveCsv, TextField } from "@doorstep/ui";
import { useMutation } from "@tanstack/react-query";
import { kernelClient } from "../../shell/rpc.ts";
import type { QueueFilter } from "../place.ts";
import { problemOf } from "../shared/problem.ts";
import { useDeskText } from "../text.ts";
import { queueFile } from "./queue-file.ts";
import { definitionOf } from "./view-of.ts";

interface ExportPanelProps {
  readonly opened: boolean;
  /** what the list is called */
  readonly title: string;
  readonly filter: QueueFilter;
  readonly onClose: () => void;
}

/** Takes what the view shows out of the house, with a reason; the ledger holds that it was taken. */
export function ExportPanel(props: ExportPanelProps) {
  const { text, language } = useDeskText();
  const definition = definitionOf(props.filter);
  const take = useMutation({
    mutationFn: (reason: string) => kernelClient.cases.export.mutate({ ...definition, reason }),
    onSuccess: (taken) => saveCsv("cases.csv", queueFile(taken, { ...definition, title: props.title }, language)),
  });
  const close = () => {
    take.reset();
    props.onClose();
  };
  return (
    <SidePanel opened={props.opened} title={text("desk.queue.exportTitle", { view: props.title })} onClose={close}>
      <p>{text("desk.queue.exportNote", { most: MOST_EXPORTED_CASES })}</p>
      <Form
        initial={{ reason: "" }}
        submitLabel={text("desk.queue.exportNow")}
        busy={take.isPending}
        error={take.error && problemOf(take.error, language).message}
        onSubmit={({ reason }) => take.mutate(reason)}
      >
        <TextField
          name="reason"
          label={text("desk.queue.exportWhy")}
          hint={text("desk.queue.exportWhyHint")}
          required
          maxLength={300}
        />
      </Form>
      <p role="status">
        {take.data &&
          text(take.data.complete ? "desk.queue.exported" : "desk.queue.exportedPart", {
            count: take.data.items.length,
          })}
      </p>
    </SidePanel>
  );
}
