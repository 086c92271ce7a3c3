import { Form, NumberField, Screen } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel, kernelClient } from "../app/rpc.ts";
import { useMay } from "../app/session.ts";
import { useAct } from "../app/use-act.ts";

/** For how long somebody who does not see a case can be let in to read it. */
export function AccessHoursScreen() {
  const text = useText();
  const may = useMay();
  const settings = useQuery(kernel.access.settings.queryOptions({}));
  const save = useAct(kernelClient.access.saveSettings.mutate);
  return (
    <Screen
      title={text("people.accessTitle")}
      error={save.error}
      notice={save.done ? text("people.saved") : undefined}
      before={
        <Link to="/people" className="ds-back">
          {`← ${text("people.title")}`}
        </Link>
      }
    >
      <p>{text("people.accessIntro")}</p>
      <Loaded query={settings}>
        {({ hours }) =>
          may("platform.manage") ? (
            <Form<{ readonly hours: number | undefined }>
              initial={{ hours }}
              submitLabel={text("people.accessSave")}
              busy={save.busy}
              onSubmit={(values) => save.run({ hours: values.hours ?? hours })}
            >
              <NumberField name="hours" label={text("people.accessHours")} required min={1} max={72} />
            </Form>
          ) : (
            <p>{text("people.accessNow", { hours })}</p>
          )
        }
      </Loaded>
    </Screen>
  );
}
