import type { UnitLetterItem } from "@doorstep/contracts";
import { Button, ConfirmDialog, TextArea } from "@doorstep/ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { kernel, kernelClient } from "../../shell/rpc.ts";
import { FailedState } from "../shared/failed-state.tsx";
import { type DeskKey, useDeskText } from "../text.ts";

type Step = "sign" | "sendBack" | "confirm";

const told: Readonly<Record<Step, DeskKey>> = {
  sign: "desk.unitLetters.signed",
  sendBack: "desk.unitLetters.returned",
  confirm: "desk.unitLetters.confirmed",
};

/** Sign it or send it back; at the other unit confirm that it has come. */
export function UnitLetterSteps(props: { readonly item: UnitLetterItem; readonly onDone: (message: string) => void }) {
  const { text, language } = useDeskText();
  const { item } = props;
  const { letterId, version: readVersion } = item;
  const [asking, setAsking] = useState<"sign" | "sendBack">();
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const queries = useQueryClient();
  const step = useMutation({
    mutationFn: (what: Step) =>
      what === "sign"
        ? kernelClient.unitLetters.sign.mutate({ letterId, readVersion })
        : what === "sendBack"
          ? kernelClient.unitLetters.sendBack.mutate({ letterId, readVersion, reason })
          : kernelClient.unitLetters.confirm.mutate({ letterId }),
    onSuccess: (_done, what) => {
      setAsking(undefined);
      props.onDone(text(told[what]));
      void queries.invalidateQueries({ queryKey: kernel.unitLetters.pathKey() });
    },
  });
  const problem = step.isError && (
    <FailedState error={step.error} onRetry={() => step.variables && step.mutate(step.variables)} />
  );
  const title = item.title[language];
  return (
    <div className="desk-decide ds-no-print">
      <div className="ds-row">
        {item.steps.includes("sign") && (
          <Button onClick={() => setAsking("sign")}>{text("desk.unitLetters.sign")}</Button>
        )}
        {item.steps.includes("sendBack") && (
          <Button variant="default" onClick={() => setAsking("sendBack")}>
            {text("desk.unitLetters.sendBack")}
          </Button>
        )}
        {item.steps.includes("confirm") && (
          <Button loading={step.isPending} onClick={() => step.mutate("confirm")}>
            {text("desk.unitLetters.confirm")}
          </Button>
        )}
      </div>
      {asking === undefined && problem}
      <ConfirmDialog
        opened={asking === "sign"}
        title={text("desk.unitLetters.signTitle", { title })}
        confirmLabel={text("desk.unitLetters.sign")}
        busy={step.isPending}
        onClose={() => setAsking(undefined)}
        onConfirm={() => step.mutate("sign")}
      >
        <p>{text("desk.unitLetters.signEffect")}</p>
        {problem}
      </ConfirmDialog>
      <ConfirmDialog
        opened={asking === "sendBack"}
        title={text("desk.unitLetters.sendBackTitle", { title })}
        confirmLabel={text("desk.unitLetters.sendBack")}
        busy={step.isPending}
        onClose={() => setAsking(undefined)}
        onConfirm={() => (reason.trim().length < 2 ? setMissing(true) : step.mutate("sendBack"))}
      >
        <TextArea
          name="reason"
          label={text("desk.unitLetters.reason")}
          hint={text("desk.unitLetters.reasonHint")}
          maxLength={1_000}
          tone="internal"
          value={reason}
          error={missing && reason.trim().length < 2 ? text("desk.unitLetters.missing") : undefined}
          onChange={setReason}
        />
        {problem}
      </ConfirmDialog>
    </div>
  );
}
