import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { kernel } from "../../shell/rpc.ts";
import { useDesk } from "../desk-context.ts";
import { useDeskText } from "../text.ts";

const UnitPanel = lazy(async () => ({ default: (await import("./unit-panel.tsx")).UnitPanel }));

/** Which unit's petitions the desk shows, said in the header; a press opens the tree to choose from. */
export function UnitSwitcher() {
  const { text, language } = useDeskText();
  const { go, place } = useDesk();
  const [opened, setOpened] = useState(false);
  const filter = place.page === "queue" || place.page === "case" ? place.filter : undefined;
  const unitId = filter?.unit;
  const unit = useQuery(
    kernel.units.get.queryOptions({ unitId: unitId ?? "" }, { enabled: unitId !== undefined, staleTime: 600_000 }),
  );
  const name = unitId === undefined ? text("desk.unit.all") : (unit.data?.name[language] ?? "…");
  return (
    <>
      <button
        type="button"
        className="ds-link desk-unit-switcher"
        aria-haspopup="dialog"
        onClick={() => setOpened(true)}
      >
        {text("desk.unit.now", { name })}
      </button>
      {opened && (
        <Suspense>
          <UnitPanel
            selected={unitId}
            path={unit.data?.path.map((one) => one.id) ?? []}
            onClose={() => setOpened(false)}
            onChoose={(chosen) => {
              setOpened(false);
              go({ page: "queue", filter: { ...filter, view: filter?.view ?? "open", q: undefined, unit: chosen } });
            }}
          />
        </Suspense>
      )}
    </>
  );
}
