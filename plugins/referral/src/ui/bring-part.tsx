import { Alert, Button, Stack, useErrorText, useMutation } from "@doorstep/sdk/ui";
import { useId, useState } from "react";
import { base64Of } from "./files.ts";
import { useReferral } from "./words.ts";

/** A package or a receipt that was carried here from another network. */
export function BringPart({ onDone }: { readonly onDone: () => void }) {
  const { say, rpc } = useReferral();
  const errorText = useErrorText();
  const id = useId();
  const [file, setFile] = useState<File>();
  const [isMissing, setMissing] = useState(false);
  const call = useMutation(rpc.bring.mutationOptions());
  const bring = useMutation({
    mutationFn: async (chosen: File) => await call.mutateAsync({ data: await base64Of(chosen) }),
    onSuccess: onDone,
  });
  const start = (): void => {
    setMissing(!file);
    if (file) bring.mutate(file);
  };
  return (
    <section aria-labelledby={`${id}-title`} className="ds-panel">
      <Stack gap="sm">
        <h2 id={`${id}-title`}>{say("bring.title")}</h2>
        <div>
          <label htmlFor={id} className="ds-legend">
            {say("bring.file")}
          </label>
          <p className="ds-hint" id={`${id}-hint`}>
            {say("bring.hint")}
          </p>
          <input
            id={id}
            type="file"
            accept=".dsref,.dsrec"
            aria-describedby={`${id}-hint`}
            aria-invalid={isMissing || undefined}
            onChange={(event) => setFile(event.currentTarget.files?.[0])}
          />
        </div>
        {(isMissing || bring.isError) && (
          <Alert color="red" role="alert" className="ds-alert">
            {isMissing ? say("bring.chooseFirst") : errorText(bring.error)}
          </Alert>
        )}
        {bring.data && <Alert role="status">{say(`bring.${bring.data.outcome}`)}</Alert>}
        <div>
          <Button onClick={start} loading={bring.isPending}>
            {say("bring.go")}
          </Button>
        </div>
      </Stack>
    </section>
  );
}
