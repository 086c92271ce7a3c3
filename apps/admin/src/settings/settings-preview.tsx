import { Form, TextField } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel, kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";
import type { SettingField } from "./setting-field.ts";
import type { Wanted } from "./settings-form.tsx";
import { useSettingWords } from "./use-setting-words.ts";

interface SettingsPreviewProps {
  readonly unitId: string;
  readonly pluginId: string;
  readonly revision: number;
  readonly fields: readonly SettingField[];
  readonly wanted: Wanted;
  readonly onSaved: () => void;
}

/** What saving changes at the unit and below; nothing is applied before the reason is given. */
export function SettingsPreview(props: SettingsPreviewProps) {
  const text = useText();
  const name = useName();
  const words = useSettingWords();
  const { unitId, pluginId, revision, fields } = props;
  const asked = { unitId, pluginId, values: props.wanted.values, lock: [...props.wanted.lock] };
  const preview = useQuery(kernel.modules.previewSettings.queryOptions(asked, { staleTime: 0, gcTime: 0 }));
  const save = useAct(kernelClient.modules.saveSettings.mutate, { done: props.onSaved });
  return (
    <section aria-labelledby="after-save" className="ad-part">
      <h2 id="after-save">{text("settings.previewTitle")}</h2>
      <Loaded query={preview} lines={3}>
        {({ units, changes }) => (
          <>
            <p role="status">{text("settings.affects", { count: units })}</p>
            <ul>
              {changes.map(({ unit, key, secret, before, after }) => {
                const field = fields.find((one) => one.key === key);
                const at = { unit: name(unit.name), title: field ? name(field.title) : key };
                return (
                  <li key={`${unit.id} ${key}`} className="ad-break">
                    {secret
                      ? text("settings.secretChange", at)
                      : text("settings.change", { ...at, before: words(field, before), after: words(field, after) })}
                  </li>
                );
              })}
            </ul>
            <Form
              initial={{ why: "" }}
              submitLabel={text("settings.save")}
              busy={save.busy}
              error={save.error}
              onSubmit={({ why }) => save.run({ ...asked, revision, why })}
            >
              <TextField name="why" label={text("settings.why")} required maxLength={200} />
            </Form>
          </>
        )}
      </Loaded>
    </section>
  );
}
