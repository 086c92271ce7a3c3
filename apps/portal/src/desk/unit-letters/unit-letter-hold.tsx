import type { UnitLetterItem } from "@doorstep/contracts";
import { Button, formatInstant } from "@doorstep/ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { kernel, kernelClient } from "../../shell/rpc.ts";
import { FailedState } from "../shared/failed-state.tsx";
import { useDeskText } from "../text.ts";
import { ReasonStep } from "./reason-step.tsx";

type Doing = { readonly reason: string } | { readonly confirm: boolean };

/** A legal hold of a letter of no petition: one person of the unit that wrote it asks, another sets or lifts it. */
export function UnitLetterHold({ item }: { readonly item: UnitLetterItem }) {
  const { text, language } = useDeskText();
  const { letterId, held, holdAsked, steps } = item;
  const queries = useQueryClient();
  const act = useMutation({
    mutationFn: (doing: Doing) =>
      "reason" in doing
        ? kernelClient.unitLetters.askHold.mutate({ letterId, on: !held, ...doing })
        : kernelClient.unitLetters.decideHold.mutate({ letterId, on: holdAsked?.on ?? !held, ...doing }),
    onSettled: () => void queries.invalidateQueries({ queryKey: kernel.unitLetters.pathKey() }),
  });
  const problem = act.isError && (
    <FailedState error={act.error} onRetry={() => act.variables && act.mutate(act.variables)} />
  );
  const asks = act.variables !== undefined && "reason" in act.variables;
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
          <ReasonStep
            label={text(held ? "desk.unitLetters.askLift" : "desk.unitLetters.askHold")}
            field={{
              ...{ name: "hold-reason", label: text("desk.unitLetters.holdReason") },
              missing: text("desk.unitLetters.holdMissing"),
            }}
            maxLength={300}
            busy={act.isPending}
            problem={asks && problem}
            onOpen={act.reset}
            onConfirm={(reason) => act.mutateAsync({ reason })}
          >
            <p>{text("desk.unitLetters.holdEffect")}</p>
          </ReasonStep>
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
      {!asks && problem}
    </div>
  );
}
