import type { moduleSummary } from "@doorstep/contracts";
import { Alert, EmptyState, Screen } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { z } from "zod";
import { useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel } from "../app/rpc.ts";
import { useMay } from "../app/session.ts";
import { HealthPart } from "./health-part.tsx";
import { ParkedPart } from "./parked-part.tsx";

/** One module: what it is for, how it is, what it adds and asks for. */
export function ModuleScreen() {
  const text = useText();
  const name = useName();
  const { pluginId } = useParams({ from: "/modules/$pluginId" });
  const modules = useQuery(kernel.modules.list.queryOptions({}));
  const module = modules.data?.find((one) => one.id === pluginId);
  return (
    <Screen
      title={module ? name(module.title) : text("modules.title")}
      before={
        <Link to="/modules" className="ds-back">
          {`← ${text("modules.title")}`}
        </Link>
      }
    >
      <Loaded query={modules}>
        {() => (module ? <Facts module={module} /> : <EmptyState title={text("app.moduleOff")} />)}
      </Loaded>
    </Screen>
  );
}

function Facts(props: { readonly module: z.output<typeof moduleSummary> }) {
  const text = useText();
  const name = useName();
  const can = useMay();
  const { module } = props;
  const hears = module.contributions.some((one) => one.point.startsWith("kernel/event/"));
  const lists = [
    [
      text("modules.adds"),
      module.contributions.map((one) => (one.title ? name(one.title) : `${one.point} ${one.key}`)),
    ],
    [text("modules.rights"), module.asks.map(({ title }) => name(title))],
    [text("modules.requires"), module.requires],
  ] as const;
  return (
    <>
      <p>{name(module.purpose)}</p>
      <p className="ds-hint">
        {[
          text("modules.version", { version: module.version }),
          text(`modules.state.${module.state}`),
          text("modules.enabledAt", { count: module.enabledUnits }),
        ].join(" · ")}
      </p>
      {module.hasSettings && (
        <p>
          <Link to="/modules/$pluginId/settings" params={{ pluginId: module.id }} className="ds-link">
            {text("settings.open")}
          </Link>
        </p>
      )}
      {module.problems.length > 0 && (
        <Alert color="red" className="ds-alert" title={text("modules.problems")}>
          <ul className="ad-plain">
            {module.problems.map((problem) => (
              <li key={problem.code}>
                {name(problem.message)}
                {problem.fix && <span className="ds-hint">{` ${name(problem.fix)}`}</span>}
              </li>
            ))}
          </ul>
        </Alert>
      )}
      {lists
        .filter(([, items]) => items.length > 0)
        .map(([heading, items]) => (
          <section key={heading}>
            <h2>{heading}</h2>
            <ul>
              {[...new Set(items)].map((item) => (
                <li key={item}>{item}</li>
              ))}
            </ul>
          </section>
        ))}
      <HealthPart pluginId={module.id} />
      {hears && can("platform.manage") && <ParkedPart pluginId={module.id} />}
    </>
  );
}
