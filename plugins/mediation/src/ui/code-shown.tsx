import { Button, Stack, usePage } from "@doorstep/sdk/ui";
import { useMediation } from "./words.ts";

/** The other side's code: shown once, and kept nowhere. */
export function CodeShown(props: { readonly code: string; readonly caseId: string }) {
  const { say } = useMediation();
  const { go } = usePage();
  return (
    <Stack gap="md">
      <p>{say("code.shown")}</p>
      <p className="ds-code">{props.code}</p>
      <p>{say("code.hint")}</p>
      <div>
        <Button onClick={() => go(`/case/${props.caseId}`, { replace: true })}>{say("code.done")}</Button>
      </div>
    </Stack>
  );
}
