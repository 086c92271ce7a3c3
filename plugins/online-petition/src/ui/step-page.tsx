import { Screen, Skeleton, usePage } from "@doorstep/sdk/ui";
import { useEffect } from "react";
import { furthestStep, STEPS } from "../filing/answers.ts";
import { filingStore, useFiling } from "../filing/use-filing.ts";
import { useFurther } from "../filing/use-further.ts";
import { readReceipt } from "../receipt/receipt-store.ts";
import { CheckStep } from "./check-step.tsx";
import { FilesStep } from "./files-step.tsx";
import { IdentityStep } from "./identity-step.tsx";
import { PurposeStep } from "./purpose-step.tsx";
import { StoryStep } from "./story-step.tsx";
import { UnitStep } from "./unit-step.tsx";
import { useText } from "./use-text.ts";

const steps = [PurposeStep, StoryStep, UnitStep, IdentityStep, FilesStep, CheckStep];

/** One of the six questions, by its address. A question that cannot be asked yet leads to the one that is missing. */
export function StepPage() {
  const text = useText();
  const { params, go } = usePage();
  const { filing, ready } = useFiling();
  // Fetched while the first questions are answered: nobody waits for it before the check.
  useFurther();
  const asked = Number(params["step"]);
  const step = Number.isInteger(asked) && asked >= 1 && asked <= STEPS ? asked : 1;
  const furthest = furthestStep(filing.answers);
  // After filing the browser's way back leads past the questions: they are empty and must not be asked again.
  const filed = ready && furthest === 1 && step > 1 && readReceipt(sessionStorage) !== undefined;
  const missing = ready && step > furthest;

  useEffect(() => {
    if (filed) go("portal:/", { replace: true });
    else if (missing) go(`/${furthest}`, { replace: true });
  }, [filed, missing, furthest, go]);

  useEffect(() => {
    if (step > 1) void filingStore.flush();
  }, [step]);

  const Step = steps[step - 1];
  if (!ready || missing || !Step) {
    return (
      <Screen title={text("start")} hideTitle>
        <Skeleton lines={6} />
      </Screen>
    );
  }
  return <Step key={step} />;
}
