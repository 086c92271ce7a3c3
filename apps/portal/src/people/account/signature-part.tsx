import { Alert, Button, formatInstant } from "@doorstep/ui";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useId } from "react";
import { useErrorText } from "../../shell/error-text.ts";
import { useLanguage, useText } from "../../shell/i18n.ts";
import { kernel, kernelClient } from "../../shell/rpc.ts";

/** Base64 of a file, as the wire carries small ones. */
const base64Of = async (file: Blob): Promise<string> => {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
};

/** The picture one signs letters with: one's own alone, seen before it is used. */
export function SignaturePart() {
  const text = useText();
  const language = useLanguage();
  const errorText = useErrorText();
  const id = useId();
  const client = useQueryClient();
  const key = kernel.session.signature.queryKey();
  const signature = useQuery(kernel.session.signature.queryOptions({}));
  const set = useMutation({
    mutationFn: async (file: Blob | null) =>
      kernelClient.session.setSignature.mutate({ png: file && (await base64Of(file)) }),
    onSuccess: () => client.invalidateQueries({ queryKey: key }),
  });
  return (
    <section className="ds-panel" aria-labelledby="account-signature">
      <h2 id="account-signature">{text("account.signature")}</h2>
      <p>{text("account.signatureNote")}</p>
      <div role="status">
        {signature.data && (
          <>
            <p className="ds-hint">
              {text("account.signatureSince", { at: formatInstant(signature.data.since, language) })}
            </p>
            <img
              src={`data:image/png;base64,${signature.data.png}`}
              alt={text("account.signatureOwn")}
              style={{ maxWidth: "100%", maxHeight: "6rem", background: "#fff" }}
            />
          </>
        )}
        {signature.data === null && <p>{text("account.signatureNone")}</p>}
      </div>
      <div>
        <label htmlFor={id} className="ds-legend">
          {text("account.signatureFile")}
        </label>
        <p className="ds-hint" id={`${id}-hint`}>
          {text("account.signatureHint")}
        </p>
        <input
          id={id}
          type="file"
          accept="image/png"
          aria-describedby={`${id}-hint`}
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            if (file) set.mutate(file);
          }}
        />
      </div>
      {set.error && (
        <Alert color="red" role="alert" className="ds-alert">
          {errorText(set.error)}
        </Alert>
      )}
      {signature.data && (
        <Button variant="default" loading={set.isPending} onClick={() => set.mutate(null)}>
          {text("account.signatureRemove")}
        </Button>
      )}
    </section>
  );
}
