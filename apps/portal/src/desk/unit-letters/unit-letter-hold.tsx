import type { UnitLetterItem } from "@doorstep/contracts";
import { Button, ConfirmDialog, formatInstant, TextArea } from "@doorstep/ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { kernel, kernelClient } from "../../shell/rpc.ts";
import { FailedState } from "../shared/failed-state.tsx";
import { useDeskText } from "../text.ts";

type Doing = { readonly reason: string } | { readonly confirm: boolean };

/** A legal hold of a letter of no petition: one person of the unit that wrote it asks, another sets or lifts it. */
export function UnitLetterHold({ item }: { readonly item: UnitLetterItem }) {
  const { text, language } = useDeskText();
  const { letterId, held, holdAsked, steps } = item;
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const queries = useQueryClient();
  const act = useMutation({
    mutationFn: (doing: Doing) =>
      "reason" in doing
        ? kernelClient.unitLetters.askHold.mutate({ letterId, on: !held, ...doing })
        : kernelClient.unitLetters.decideHold.mutate({ letterId, on: holdAsked?.on ?? !held, ...doing }),
    onSettled: () => {
      setAsking(false);
      void queries.invalidateQueries({ queryKey: kernel.unitLetters.pathKey() });
    },
  });
  const ask = text(held ? "desk.unitLetters.askLift" : "desk.unitLetters.askHold");
  return (
    <div className="ds-no-print">
      {held && <p>{text("desk.unitLetters.held")}</p>}
      {holdAsked && (
        <p className="ds-text">
          {text(holdAsked.on ? "desk.unitLetters.holdAsked" : "desk.unitLetters.liftAsked", {
            ...{ name: holdAsked.by, at: formatInstant(holdAsked.at, language), reason: holdAsked.reason },
          })}
        </p>
      )}
      <div className="ds-row">
        {(steps.includes("askHold") || steps.includes("askLift")) && (
          <Button variant="default" onClick={() => setAsking(true)}>
            {ask}
          </Button>
        )}
        {steps.includes("decideHold") && (
          <Button loading={act.isPending} onClick={() => act.mutate({ confirm: true })}>
            {text(holdAsked?.on ? "desk.unitLetters.hold" : "desk.unitLetters.lift")}
          </Button>
        )}
        {steps.includes("dropHold") && (
          <Button variant="default" loading={act.isPending} onClick={() => act.mutate({ confirm: false })}>
            {text("desk.unitLetters.dropHold")}
          </Button>
        )}
      </div>
      {act.isError && <FailedState error={act.error} onRetry={() => act.variables && act.mutate(act.variables)} />}
      <ConfirmDialog
        opened={asking}
        title={ask}
        confirmLabel={ask}
        busy={act.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() => (reason.trim().length < 2 ? setMissing(true) : act.mutate({ reason }))}
      >
        <p>{text("desk.unitLetters.holdEffect")}</p>
        <TextArea
          name="hold-reason"
          label={text("desk.unitLetters.holdReason")}
          maxLength={300}
          tone="internal"
          value={reason}
          error={missing && reason.trim().length < 2 ? text("desk.unitLetters.holdMissing") : undefined}
          onChange={setReason}
        />
      </ConfirmDialog>
    </div>
  );
}
