import { Alert, Button, Stack, useErrorText, useMutation } from "@doorstep/sdk/ui";
import { useId, useState } from "react";
import { useMailIn } from "./words.ts";

/** What one call carries; larger ones are read from the mailbox alone. */
const MOST_BYTES = 1_400_000;

async function base64Of(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** A message that was saved as a file, where this network does not reach the mailbox. */
export function BringMail({ onDone }: { readonly onDone: () => void }) {
  const { say, rpc } = useMailIn();
  const errorText = useErrorText();
  const id = useId();
  const [file, setFile] = useState<File>();
  const [refused, setRefused] = useState<"chooseFirst" | "tooLarge">();
  const call = useMutation(rpc.bring.mutationOptions());
  const bring = useMutation({
    mutationFn: async (chosen: File) => await call.mutateAsync({ data: await base64Of(chosen) }),
    onSuccess: onDone,
  });
  const start = (): void => {
    const why = !file ? "chooseFirst" : file.size > MOST_BYTES ? "tooLarge" : undefined;
    setRefused(why);
    if (file && !why) bring.mutate(file);
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
            accept=".eml,message/rfc822"
            aria-describedby={`${id}-hint`}
            aria-invalid={refused !== undefined || undefined}
            onChange={(event) => setFile(event.currentTarget.files?.[0])}
          />
        </div>
        {(refused || bring.isError) && (
          <Alert color="red" role="alert" className="ds-alert">
            {refused ? say(`bring.${refused}`) : errorText(bring.error)}
          </Alert>
        )}
        {bring.data && !refused && (
          <Alert role="status">{say("bring.done", { became: say(`became.${bring.data.became}`) })}</Alert>
        )}
        <div>
          <Button onClick={start} loading={bring.isPending}>
            {say("bring.go")}
          </Button>
        </div>
      </Stack>
    </section>
  );
}
