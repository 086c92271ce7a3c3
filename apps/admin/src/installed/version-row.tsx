import type { InstalledModules } from "@doorstep/contracts";
import { Badge, Button, formatInstant } from "@doorstep/ui";
import { useLanguage, useText } from "../app/i18n.ts";
import type { Decision } from "./decide-form.tsx";

interface VersionRowProps {
  readonly pluginId: string;
  readonly version: InstalledModules["modules"][number]["versions"][number];
  readonly onDecide: (decision: Decision) => void;
}

/** One version of a module, and the way back to it. */
export function VersionRow({ pluginId, version: { version, digest, installedAt, active }, onDecide }: VersionRowProps) {
  const text = useText();
  const language = useLanguage();
  return (
    <li className="ds-row ds-row-between">
      <span>
        {text("installed.version", { version })}{" "}
        <span className="ds-hint">{text("installed.since", { at: formatInstant(installedAt, language) })}</span>
      </span>
      {active ? (
        <Badge color="green" c="dark.9">
          {text("installed.running")}
        </Badge>
      ) : (
        <Button variant="default" onClick={() => onDecide({ act: "rollBack", pluginId, digest, words: { version } })}>
          {text("installed.rollBack")}
        </Button>
      )}
    </li>
  );
}
