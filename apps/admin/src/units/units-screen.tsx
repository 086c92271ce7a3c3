import { Button, Screen, useMediaQuery } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { useName, useText } from "../app/i18n.ts";
import { LocalLink } from "../app/local-link.tsx";
import { kernel } from "../app/rpc.ts";
import { useMay } from "../app/session.ts";
import { UnitDetailPane } from "./unit-detail-pane.tsx";
import { UnitTree } from "./unit-tree.tsx";

/** A2: the tree at the left, the chosen unit at the right; on a phone one after the other. */
export function UnitsScreen() {
  const text = useText();
  const name = useName();
  const may = useMay();
  const { unitId } = useParams({ strict: false });
  const wide = useMediaQuery("(min-width: 60em)", true);
  const unit = useQuery(kernel.units.get.queryOptions({ unitId: unitId ?? "" }, { enabled: unitId !== undefined }));
  const above = useMemo(
    () => (unit.data?.path ?? []).map((one) => one.id).filter((id) => id !== unitId),
    [unit.data, unitId],
  );
  return (
    <Screen
      title={unit.data ? name(unit.data.name) : text("units.title")}
      width="full"
      before={
        unitId && !wide ? (
          <Link to="/units" className="ds-back">
            {`← ${text("units.backToTree")}`}
          </Link>
        ) : undefined
      }
      actions={
        <div className="ds-row">
          <Link to="/units/import">{text("units.import")}</Link>
          {may("platform.manage") && !unitId && <Link to="/units/new">{text("units.newRoot")}</Link>}
          {unit.data?.manageable && !unit.data.validUntil && (
            <Button component={LocalLink} href={`/units/new?parent=${unit.data.id}`}>
              {text("units.newBelow")}
            </Button>
          )}
        </div>
      }
    >
      <div className="ad-columns">
        {(wide || !unitId) && <UnitTree selected={unitId} path={above} />}
        {unitId && <UnitDetailPane unit={unit} />}
        {!unitId && wide && <p className="ds-hint">{text("units.chooseUnit")}</p>}
      </div>
    </Screen>
  );
}
