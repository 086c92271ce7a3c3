import type { ArchiveLook } from "@doorstep/contracts";
import { Button, Form, TextField, Tick } from "@doorstep/ui";
import { useName, useText } from "../app/i18n.ts";
import { kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";

interface OfferProps {
  readonly look: ArchiveLook;
  readonly onInstalled: () => void;
  readonly onCancel: () => void;
}

/** What an archive is and asks for; each capability is approved by itself. */
export function OfferPart(props: OfferProps) {
  const text = useText();
  const name = useName();
  const { look } = props;
  const install = useAct(kernelClient.modules.install.mutate, { done: props.onInstalled });
  const title = text("installed.offer", { title: name(look.title), version: look.version });
  return (
    <section className="ds-panel" aria-labelledby="offer">
      <h2 id="offer">{title}</h2>
      <p>{name(look.purpose)}</p>
      <ul>
        <li>{look.runs === null ? text("installed.runsNot") : text("installed.runsNow", { version: look.runs })}</li>
        <li className="ad-break">
          {look.publisher
            ? text("installed.signedBy", { name: look.publisher.name, key: look.publisher.keyId })
            : text("installed.unsigned")}
        </li>
        <li>{text(look.builtHere ? "installed.builtHere" : "installed.fromElsewhere")}</li>
        {look.migrations.length > 0 && <li>{text("installed.migrations", { count: look.migrations.length })}</li>}
      </ul>
      <h3>{text("installed.asks")}</h3>
      {look.capabilities.length === 0 && <p>{text("installed.asksNothing")}</p>}
      <Form<Record<string, boolean | string>>
        initial={{ why: "", ...Object.fromEntries(look.capabilities.map(({ key, more }) => [key, !more])) }}
        submitLabel={text(look.runs === null ? "installed.install" : "installed.upgrade")}
        busy={install.busy}
        error={install.error}
        onSubmit={(values) =>
          install.run({
            digest: look.digest,
            capabilities: look.capabilities.map(({ key }) => key).filter((key) => values[key] === true),
            why: String(values.why),
          })
        }
        secondary={
          <Button variant="default" onClick={props.onCancel}>
            {text("installed.cancel")}
          </Button>
        }
      >
        {look.capabilities.map(({ key, title: asked, more }) => (
          <Tick
            key={key}
            name={key}
            label={`${text("installed.approve", { title: name(asked) })}${more ? text("installed.more") : ""}`}
            required
          />
        ))}
        <TextField name="why" label={text("installed.why")} required maxLength={200} />
      </Form>
    </section>
  );
}
