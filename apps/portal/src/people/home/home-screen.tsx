import { Contribution, useContributions } from "@doorstep/sdk/ui-host";
import { Screen, Tile } from "@doorstep/ui";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import { useLanguage, useText } from "../../shell/i18n.ts";
import { useSession } from "../../shell/session.ts";
import { rememberUnitCode, useRegistry, useUnitCode } from "../../shell/unit.ts";

/** P0: what a person can do here, the main thing first. */
export function HomeScreen() {
  const text = useText();
  const language = useLanguage();
  const navigate = useNavigate();
  const { u } = useSearch({ from: "/people/" });
  const session = useSession();
  const registry = useRegistry();
  const unitCode = useUnitCode();
  const tiles = useContributions("homeTiles");
  const go = (href: string) => void navigate({ href });

  useEffect(() => {
    if (u) rememberUnitCode(u);
  }, [u]);

  const unit = registry.data?.unit;
  const unknown = unitCode !== undefined && registry.data !== undefined && unit?.code !== unitCode;
  return (
    <Screen title={text("home.title")} width="narrow" notice={unknown ? text("home.unknownUnit") : undefined}>
      <div className="ds-tiles">
        {tiles
          .filter((tile) => tile.value.component)
          .map((tile) => (
            <Contribution
              part="homeTiles"
              key={`${tile.pluginId}/${tile.key}`}
              pluginId={tile.pluginId}
              component={tile.value.component ?? (() => null)}
              props={{}}
            />
          ))}
        <Tile primary title={text("home.file")} note={text("home.fileNote")} href="/file" onNavigate={go} />
        <Tile title={text("home.track")} note={text("home.trackNote")} href="/t" onNavigate={go} />
        {session.data ? (
          <Tile title={text("home.mine")} note={text("home.mineNote")} href="/my" onNavigate={go} />
        ) : (
          <Tile title={text("home.whoSees")} note={text("home.whoSeesNote")} href="/who-sees" onNavigate={go} />
        )}
        {tiles
          .filter((tile) => !tile.value.component)
          .map((tile) => (
            <Tile
              key={`${tile.pluginId}/${tile.key}`}
              title={tile.value.title[language]}
              note={tile.value.note?.[language]}
              href={`/p/${tile.pluginId}${tile.value.page ?? "/"}`}
              onNavigate={go}
            />
          ))}
      </div>
      <p className="ds-hint">{text("home.danger")}</p>
    </Screen>
  );
}
