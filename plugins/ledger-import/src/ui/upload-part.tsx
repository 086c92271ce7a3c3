import { Alert, Button, Stack, useErrorText, useMutation, usePage } from "@doorstep/sdk/ui";
import { useId, useState } from "react";
import { ProgressBar } from "./progress-bar.tsx";
import { sendFile } from "./send-file.ts";
import { useLedgerImport } from "./words.ts";

/** Takes a file and sends it; goes to its import when it is there. */
export function UploadPart() {
  const { say, rpc, settings } = useLedgerImport();
  const { go } = usePage();
  const errorText = useErrorText();
  const id = useId();
  const [file, setFile] = useState<File>();
  const [share, setShare] = useState(0);
  const [isMissing, setMissing] = useState(false);
  const begin = useMutation(rpc.begin.mutationOptions());
  const chunk = useMutation(rpc.chunk.mutationOptions());
  const send = useMutation({
    mutationFn: (chosen: File) => sendFile({ begin: begin.mutateAsync, chunk: chunk.mutateAsync }, chosen, setShare),
    onSuccess: (importId) => go(`/${importId}`),
  });
  const start = () => {
    setMissing(!file);
    if (file) send.mutate(file);
  };
  return (
    <Stack gap="md">
      <div>
        <label htmlFor={id} className="ds-legend">
          {say("list.file")}
        </label>
        <p className="ds-hint" id={`${id}-hint`}>
          {say("list.fileHint", { max: settings.maxMegabytes ?? 100 })}
        </p>
        <input
          id={id}
          type="file"
          accept=".csv,.txt,.tsv,.xlsx,text/csv,text/plain"
          aria-describedby={`${id}-hint`}
          aria-invalid={isMissing || undefined}
          onChange={(event) => setFile(event.currentTarget.files?.[0])}
        />
      </div>
      {(isMissing || send.isError) && (
        <Alert color="red" role="alert" className="ds-alert">
          {isMissing ? say("list.chooseFirst") : errorText(send.error)}
        </Alert>
      )}
      {send.isPending && file && <ProgressBar label={say("list.uploading", { name: file.name })} share={share} />}
      <div>
        <Button onClick={start} loading={send.isPending}>
          {say("list.start")}
        </Button>
      </div>
    </Stack>
  );
}
