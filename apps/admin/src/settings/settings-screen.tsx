import { useSingle } from "@doorstep/sdk/ui-host";
import { EmptyState, Screen } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel } from "../app/rpc.ts";
import { UnitPicker } from "../units/unit-picker.tsx";
import { useUnitInView } from "../units/use-unit-in-view.ts";
import { ModuleForm } from "./module-form.tsx";
import { settingFields } from "./setting-field.ts";
import { SettingsForm } from "./settings-form.tsx";

/** A5: the settings of one module at one unit. */
export function SettingsScreen() {
  const text = useText();
  const name = useName();
  const navigate = useNavigate();
  const { pluginId } = useParams({ from: "/modules/$pluginId/settings" });
  const { unit: asked } = useSearch({ from: "/modules/$pluginId/settings" });
  const inView = useUnitInView(asked);
  const modules = useQuery(kernel.modules.list.queryOptions({}));
  const module = modules.data?.find((one) => one.id === pluginId);
  const [saved, setSaved] = useState(false);
  return (
    <Screen
      title={text("settings.title", { title: module ? name(module.title) : pluginId })}
      notice={saved ? text("settings.saved") : undefined}
      before={
        <Link to="/modules/$pluginId" params={{ pluginId }} className="ds-back">
          {`← ${module ? name(module.title) : pluginId}`}
        </Link>
      }
    >
      <p>{text("settings.intro")}</p>
      <Loaded query={inView}>
        {(unit) => (
          <>
            <UnitPicker
              name="unit"
              required
              label={text("settings.unit")}
              first={unit}
              value={unit.id}
              onChange={(id) => {
                setSaved(false);
                void navigate({
                  to: "/modules/$pluginId/settings",
                  params: { pluginId },
                  search: id ? { unit: id } : {},
                });
              }}
            />
            <AtUnit key={unit.id} unitId={unit.id} pluginId={pluginId} onSaved={() => setSaved(true)} />
          </>
        )}
      </Loaded>
    </Screen>
  );
}

function AtUnit(props: { readonly unitId: string; readonly pluginId: string; readonly onSaved: () => void }) {
  const text = useText();
  const { unitId, pluginId } = props;
  const view = useQuery(kernel.modules.settings.queryOptions({ unitId, pluginId }));
  const form = useSingle("settingsForm").find((one) => one.pluginId === pluginId)?.value;
  const [plain, setPlain] = useState(false);
  return (
    <Loaded query={view}>
      {(data) => {
        if (settingFields(data.schema).length === 0) return <EmptyState title={text("settings.none")} />;
        const given = { unitId, pluginId, view: data, onSaved: props.onSaved };
        if (!form) return <SettingsForm key={data.revision} {...given} />;
        return (
          <>
            {/* The module's own form can be off or broken; and only ours inherits and locks. */}
            <p>
              <button type="button" className="ds-link" onClick={() => setPlain(!plain)}>
                {text(plain ? "settings.moduleForm" : "settings.plainForm")}
              </button>
            </p>
            {plain ? (
              <SettingsForm key={data.revision} {...given} />
            ) : (
              <ModuleForm key={data.revision} {...given} component={form} />
            )}
          </>
        );
      }}
    </Loaded>
  );
}
