import type { InstalledModules } from "@doorstep/contracts";
import { Form, TextArea, TextField } from "@doorstep/ui";
import { useText } from "../app/i18n.ts";
import { kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";

/** Something about to be done with a module or a publisher, which needs a reason. */
export type Decision =
  | {
      readonly act: "rollBack";
      readonly pluginId: string;
      readonly digest: string;
      readonly words: { version: string };
    }
  | { readonly act: "end" | "release" | "purge"; readonly pluginId: string; readonly words: { title: string } }
  | { readonly act: "approvePurge" | "declinePurge"; readonly id: string; readonly words: { title: string } }
  | { readonly act: "revoke"; readonly keyId: string; readonly words: { name: string } };

const client = kernelClient.modules;

function send(decision: Decision, why: string): Promise<InstalledModules> {
  switch (decision.act) {
    case "rollBack":
      return client.rollBack.mutate({ pluginId: decision.pluginId, digest: decision.digest, why });
    case "end":
      return client.end.mutate({ pluginId: decision.pluginId, why });
    case "release":
      return client.release.mutate({ pluginId: decision.pluginId, why });
    case "purge":
      return client.purge.mutate({ pluginId: decision.pluginId, why });
    case "approvePurge":
    case "declinePurge":
      return client.decidePurge.mutate({ id: decision.id, approve: decision.act === "approvePurge", why });
    case "revoke":
      return client.revoke.mutate({ keyId: decision.keyId, why });
  }
}

export function DecideForm(props: { readonly decision: Decision; readonly onDone: () => void }) {
  const text = useText();
  const { decision } = props;
  const act = useAct((why: string) => send(decision, why), { done: props.onDone });
  return (
    <>
      <p>{text(`installed.${decision.act}Note`)}</p>
      <Form
        initial={{ why: "" }}
        submitLabel={text(`installed.${decision.act}`)}
        busy={act.busy}
        error={act.error}
        onSubmit={({ why }) => act.run(why)}
      >
        <TextField name="why" label={text("installed.why")} required maxLength={200} />
      </Form>
    </>
  );
}

export function TrustForm(props: { readonly onDone: () => void }) {
  const text = useText();
  const act = useAct(client.trust.mutate, { done: props.onDone });
  return (
    <Form
      initial={{ name: "", publicKey: "", why: "" }}
      submitLabel={text("installed.trust")}
      busy={act.busy}
      error={act.error}
      onSubmit={(values) => act.run(values)}
    >
      <TextField name="name" label={text("installed.name")} required maxLength={80} />
      <TextArea
        name="publicKey"
        label={text("installed.publicKey")}
        hint={text("installed.publicKeyHint")}
        required
        maxLength={2_000}
        rows={4}
      />
      <TextField name="why" label={text("installed.why")} required maxLength={200} />
    </Form>
  );
}
