import { Alert } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useName, useText } from "../app/i18n.ts";
import { kernel } from "../app/rpc.ts";

type Reorganised = Awaited<ReturnType<typeof import("../app/rpc.ts").kernelClient.units.previewMerge.query>>;
type Heir = Reorganised["heirs"][number];

function useLines() {
  const text = useText();
  const name = useName();
  const modules = useQuery(kernel.modules.list.queryOptions({}));
  const titles = (ids: readonly string[]) =>
    ids
      .flatMap((id) => modules.data?.find((module) => module.id === id)?.title ?? [])
      .map(name)
      .join("、");
  return (heir: Heir): readonly string[] => [
    text("units.heirCases", { count: heir.openCases }),
    text("units.heirClocks", { count: heir.clocks }),
    text("units.heirPeople", { count: heir.people }),
    text("units.heirUnits", { count: heir.subUnits }),
    text("units.heirOffices", { count: heir.offices }),
    ...(heir.modulesTurnedOn.length > 0 ? [text("units.heirOn", { modules: titles(heir.modulesTurnedOn) })] : []),
    ...(heir.modulesTurnedOff.length > 0 ? [text("units.heirOff", { modules: titles(heir.modulesTurnedOff) })] : []),
  ];
}

/** What a split or a merger would bring to each unit, and below it the act. */
export function HeirsPreview(props: { readonly preview: Reorganised; readonly children: ReactNode }) {
  const text = useText();
  const name = useName();
  const linesOf = useLines();
  const { preview } = props;
  return (
    <section aria-labelledby="after">
      <h2 id="after">{text("units.previewHeirs")}</h2>
      {preview.heirs.map((heir) => (
        <section key={heir.name["zh-CN"]} aria-label={name(heir.name)} className="ds-panel">
          <h3>{name(heir.name)}</h3>
          <ul>
            {linesOf(heir).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          {heir.warnings.length > 0 && (
            <Alert color="orange" variant="light" className="ds-alert">
              <ul className="ad-plain">
                {heir.warnings.map((warning) => (
                  <li key={warning}>{text(`units.warning.${warning}`)}</li>
                ))}
              </ul>
            </Alert>
          )}
        </section>
      ))}
      <p>{text("units.rolesCarried", { count: preview.rolesCarried })}</p>
      {preview.liftedUp > 0 && <p>{text("units.liftedUp", { count: preview.liftedUp })}</p>}
      {props.children}
    </section>
  );
}
