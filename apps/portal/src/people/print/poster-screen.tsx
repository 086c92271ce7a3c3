import { Button, EmptyState, Screen, Skeleton } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useLanguage, useText } from "../../shell/i18n.ts";
import { kernel } from "../../shell/rpc.ts";
import { UnitBoard } from "../file/unit-board.tsx";
import { QrCode } from "./qr-code.tsx";
import "./print.css";

/** The sheet for a unit's notice board: channels, addresses, how to query [R22:18], and the code that leads here. */
export function PosterScreen() {
  const text = useText();
  const language = useLanguage();
  const { u } = useSearch({ from: "/people/print/poster" });
  const board = useQuery(kernel.units.board.queryOptions({ unitCode: u }, { enabled: u !== "", retry: false }));
  if (board.isLoading) return <Screen title={text("print.posterTitle")} children={<Skeleton />} />;
  if (!board.data) {
    return (
      <Screen title={text("print.posterTitle")}>
        <EmptyState title={text("print.noUnit")} />
      </Screen>
    );
  }
  const address = `${location.origin}/?u=${encodeURIComponent(u)}`;
  return (
    <Screen
      title={text("print.posterHeading", { unit: board.data.unit.name[language] })}
      actions={
        <Button className="ds-no-print" onClick={() => print()}>
          {text("shell.print")}
        </Button>
      }
    >
      <div className="ds-poster">
        <p className="ds-poster-line">{text("print.posterLine")}</p>
        <QrCode content={address} label={text("print.qrLabel", { address })} />
        <p className="ds-mono">{address}</p>
        <ul>
          <li>{text("print.posterAnonymous")}</li>
          <li>{text("print.posterNoAccount")}</li>
          <li>{text("print.posterQuery")}</li>
          <li>{text("print.posterSecret")}</li>
          <li>{text("print.posterNoRetaliation")}</li>
        </ul>
        <UnitBoard unitCode={u} />
      </div>
    </Screen>
  );
}
