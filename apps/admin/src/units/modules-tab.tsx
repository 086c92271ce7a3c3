import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel } from "../app/rpc.ts";

/** Which modules are on at the unit, and the sentence that says who decided it. */
export function ModulesTab(props: { readonly unitId: string }) {
  const text = useText();
  const modules = useQuery(kernel.modules.list.queryOptions({}));
  return (
    <section aria-label={text("units.modulesHere")}>
      <p>
        <Link to="/modules" search={{ unit: props.unitId }}>
          {text("units.openMatrix")}
        </Link>
      </p>
      <Loaded query={modules}>
        {(list) => (
          <ul className="ad-rows">
            {list.map((module) => (
              <ModuleLine key={module.id} unitId={props.unitId} pluginId={module.id} title={module.title} />
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  );
}

interface ModuleLineProps {
  readonly unitId: string;
  readonly pluginId: string;
  readonly title: { readonly "zh-CN": string; readonly en: string };
}

function ModuleLine(props: ModuleLineProps) {
  const text = useText();
  const name = useName();
  const explained = useQuery(kernel.modules.explain.queryOptions({ unitId: props.unitId, pluginId: props.pluginId }));
  return (
    <li>
      <strong>{name(props.title)}</strong>
      <Loaded query={explained} lines={1}>
        {(state) => (
          <>
            <span>{` · ${state.effective ? `● ${text("units.moduleOn")}` : `○ ${text("units.moduleOff")}`}`}</span>
            <p className="ds-hint ad-line">{name(state.sentence)}</p>
          </>
        )}
      </Loaded>
    </li>
  );
}
