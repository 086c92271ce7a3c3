import type { SettingsFormProps } from "@doorstep/sdk/ui";
import { Contribution } from "@doorstep/sdk/ui-host";
import { Button } from "@doorstep/ui";
import { type ComponentType, useState } from "react";
import { useText } from "../app/i18n.ts";
import { settingFields } from "./setting-field.ts";
import type { View, Wanted } from "./settings-form.tsx";
import { SettingsPreview } from "./settings-preview.tsx";

type Values = Readonly<Record<string, unknown>>;

interface ModuleFormProps {
  readonly unitId: string;
  readonly pluginId: string;
  readonly view: View;
  readonly component: ComponentType<SettingsFormProps>;
  readonly onSaved: () => void;
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What the module's own form has changed; what a superior has locked stays, whatever the form says. */
function changedBy(view: View, unitId: string, typed: Values): Wanted {
  const own = Object.entries(view.values).filter(([, { lockedBy }]) => lockedBy === null || lockedBy.id === unitId);
  const changed = own.filter(([key, { value }]) => Object.hasOwn(typed, key) && !isSame(typed[key], value));
  return {
    values: Object.fromEntries(changed.map(([key]) => [key, typed[key]])),
    lock: own.filter(([, { lockedBy }]) => lockedBy !== null).map(([key]) => key),
  };
}

/** The form that a module brings for its settings, point `admin/settings-form@1`; preview and reason are the platform's. */
export function ModuleForm(props: ModuleFormProps) {
  const text = useText();
  const { unitId, pluginId, view } = props;
  const [typed, setTyped] = useState<Values>(
    Object.fromEntries(Object.entries(view.values).map(([key, { value }]) => [key, value])),
  );
  const [wanted, setWanted] = useState<Wanted>();
  const [idle, setIdle] = useState(false);
  const locked = Object.entries(view.values).flatMap(([key, { lockedBy }]) =>
    lockedBy && lockedBy.id !== unitId ? [key] : [],
  );
  const preview = () => {
    const next = changedBy(view, unitId, typed);
    const isNothing = Object.keys(next.values).length === 0;
    setIdle(isNothing);
    setWanted(isNothing ? undefined : next);
  };
  return (
    <>
      <Contribution
        part="settingsForm"
        pluginId={pluginId}
        component={props.component}
        props={{
          value: typed,
          locked,
          onChange: (next) => {
            setTyped(next);
            setWanted(undefined);
            setIdle(false);
          },
        }}
      />
      <div className="ds-actions">
        <Button onClick={preview}>{text("settings.preview")}</Button>
      </div>
      {idle && <p role="status">{text("settings.nothingChanged")}</p>}
      {wanted && (
        <SettingsPreview
          unitId={unitId}
          pluginId={pluginId}
          revision={view.revision}
          fields={settingFields(view.schema)}
          wanted={wanted}
          onSaved={props.onSaved}
        />
      )}
    </>
  );
}
