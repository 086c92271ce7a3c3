import type { Delimiter, Encoding } from "@doorstep/sdk/sheets";
import { ErrorState, Screen, Skeleton, useErrorText, usePage, useQuery, useQueryClient } from "@doorstep/sdk/ui";
import { useState } from "react";
import { CheckStep } from "./check-step.tsx";
import { MappingStep } from "./mapping-step.tsx";
import { ReadingStep } from "./reading-step.tsx";
import { RunStep } from "./run-step.tsx";
import { useLedgerImport } from "./words.ts";

/** How the file is to be read, once a person has said so. */
export interface ChosenReading {
  readonly encoding: Encoding | null;
  readonly delimiter: Delimiter | null;
}

type Step = "reading" | "mapping" | "check" | "run";

/** Point `admin/page@1`: one import, at the step it has reached. */
export function ImportPage() {
  const { say, rpc } = useLedgerImport();
  const { params } = usePage();
  const errorText = useErrorText();
  const client = useQueryClient();
  const importId = params.importId ?? "";
  const found = useQuery(rpc.get.queryOptions({ importId }));
  const [reading, setReading] = useState<ChosenReading>();
  const [step, setStep] = useState<Step>();
  const goTo = async (next: Step) => {
    await client.invalidateQueries(rpc.get.queryFilter({ importId }));
    setStep(next);
  };
  if (!found.data)
    return (
      <Screen title={say("list.title")} width="wide">
        {found.isError ? (
          <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />
        ) : (
          <Skeleton lines={6} />
        )}
      </Screen>
    );
  const current = step ?? stepOf(found.data.state);
  if (current === "mapping" && reading)
    return (
      <MappingStep
        importId={importId}
        fileName={found.data.fileName}
        reading={reading}
        onBack={() => setStep("reading")}
        onDone={() => void goTo("check")}
      />
    );
  if (current === "check")
    return <CheckStep importId={importId} onBack={() => setStep("reading")} onRun={() => void goTo("run")} />;
  if (current === "run") return <RunStep importId={importId} />;
  return (
    <ReadingStep
      importId={importId}
      onDone={(chosen) => {
        setReading(chosen);
        setStep("mapping");
      }}
    />
  );
}

function stepOf(state: string): Step {
  if (state === "running" || state === "done") return "run";
  return state === "checking" || state === "checked" ? "check" : "reading";
}
