import type { UnitLetterItem } from "@doorstep/contracts";
import { Button, ConfirmDialog } from "@doorstep/ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { kernel, kernelClient } from "../../shell/rpc.ts";
import { FailedState } from "../shared/failed-state.tsx";
import { type DeskKey, useDeskText } from "../text.ts";
import { ReasonStep } from "./reason-step.tsx";

type Step = { readonly what: "sign" | "confirm" } | { readonly what: "sendBack"; readonly reason: string };

const told: Readonly<Record<Step["what"], DeskKey>> = {
  sign: "desk.unitLetters.signed",
  sendBack: "desk.unitLetters.returned",
  confirm: "desk.unitLetters.confirmed",
};

/** Sign it or send it back; at the other unit confirm that it has come. */
export function UnitLetterSteps(props: { readonly item: UnitLetterItem; readonly onDone: (message: string) => void }) {
  const { text, language } = useDeskText();
  const { item } = props;
  const { letterId, version: readVersion } = item;
  const [signing, setSigning] = useState(false);
  const queries = useQueryClient();
  const step = useMutation({
    mutationFn: (doing: Step) =>
      doing.what === "sign"
        ? kernelClient.unitLetters.sign.mutate({ letterId, readVersion })
        : doing.what === "sendBack"
          ? kernelClient.unitLetters.sendBack.mutate({ letterId, readVersion, reason: doing.reason })
          : kernelClient.unitLetters.confirm.mutate({ letterId }),
    onSuccess: (_done, { what }) => {
      setSigning(false);
      props.onDone(text(told[what]));
      void queries.invalidateQueries({ queryKey: kernel.unitLetters.pathKey() });
    },
  });
  const problemOf = (what: Step["what"]) =>
    step.isError &&
    step.variables?.what === what && (
      <FailedState error={step.error} onRetry={() => step.variables && step.mutate(step.variables)} />
    );
  const title = item.title[language];
  return (
    <div className="desk-decide ds-no-print">
      <div className="ds-row">
        {item.steps.includes("sign") && (
          <Button onClick={() => setSigning(true)}>{text("desk.unitLetters.sign")}</Button>
        )}
        {item.steps.includes("sendBack") && (
          <ReasonStep
            label={text("desk.unitLetters.sendBack")}
            title={text("desk.unitLetters.sendBackTitle", { title })}
            field={{
              ...{ name: "reason", label: text("desk.unitLetters.reason"), hint: text("desk.unitLetters.reasonHint") },
              missing: text("desk.unitLetters.missing"),
            }}
            maxLength={1_000}
            busy={step.isPending}
            problem={problemOf("sendBack")}
            onOpen={step.reset}
            onConfirm={(reason) => step.mutateAsync({ what: "sendBack", reason })}
          />
        )}
        {item.steps.includes("confirm") && (
          <Button loading={step.isPending} onClick={() => step.mutate({ what: "confirm" })}>
            {text("desk.unitLetters.confirm")}
          </Button>
        )}
      </div>
      {problemOf("confirm")}
      <ConfirmDialog
        opened={signing}
        title={text("desk.unitLetters.signTitle", { title })}
        confirmLabel={text("desk.unitLetters.sign")}
        busy={step.isPending}
        onClose={() => setSigning(false)}
        onConfirm={() => step.mutate({ what: "sign" })}
      >
        <p>{text("desk.unitLetters.signEffect")}</p>
        {problemOf("sign")}
      </ConfirmDialog>
    </div>
  );
}
