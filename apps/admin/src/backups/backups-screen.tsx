import type { KernelContract } from "@doorstep/contracts";
import { Badge, Button, EmptyState, formatBytes, formatInstant, formatNumber, Screen } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { z } from "zod";
import { useLanguage, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel, kernelClient } from "../app/rpc.ts";
import { useAct } from "../app/use-act.ts";
import { PlanForm } from "./plan-form.tsx";

type Backup = z.output<KernelContract["backups"]["state"]["output"]>["backups"][number];

const WHILE_RUNNING_MS = 2_000;

/** The plan of backups, one now, and how they went. */
export function BackupsScreen() {
  const text = useText();
  const [told, setTold] = useState<string>();
  const state = useQuery(
    kernel.backups.state.queryOptions(
      {},
      { refetchInterval: (query) => (query.state.data?.running ? WHILE_RUNNING_MS : false) },
    ),
  );
  const now = useAct(kernelClient.backups.now.mutate, { done: () => setTold(text("backups.begun")) });
  return (
    <Screen
      title={text("backups.title")}
      width="wide"
      notice={told}
      error={now.error}
      actions={
        <Button loading={now.busy} disabled={state.data?.running ?? false} onClick={() => now.run({})}>
          {text("backups.now")}
        </Button>
      }
    >
      <p>{text("backups.intro")}</p>
      <Loaded query={state}>
        {({ plan, running, backups }) => (
          <>
            {running && <p role="status">{text("backups.running")}</p>}
            <section aria-labelledby="backups">
              <h2 id="backups">{text("backups.list")}</h2>
              {backups.length === 0 ? (
                <EmptyState title={text("backups.none")} />
              ) : (
                <ul className="ad-rows">
                  {backups.map((backup) => (
                    <Line key={`${backup.kind}.${backup.startedAt}`} backup={backup} />
                  ))}
                </ul>
              )}
            </section>
            <PlanForm plan={plan} onSaved={() => setTold(text("backups.saved"))} />
          </>
        )}
      </Loaded>
    </Screen>
  );
}

function Line(props: { readonly backup: Backup }) {
  const text = useText();
  const language = useLanguage();
  const { backup } = props;
  const number = (value: number | null) => formatNumber(value ?? 0, language);
  return (
    <li className="ds-row ds-row-between">
      <span className="ad-break">
        <span className="ad-strong">{text(`backups.kind.${backup.kind}`)}</span>{" "}
        <Badge
          color={backup.good ? "green" : "red"}
          c="dark.9"
          leftSection={<span aria-hidden="true">{backup.good ? "✓" : "✗"}</span>}
        >
          {text(backup.good ? "backups.good" : "backups.bad")}
        </Badge>
        <br />
        <span className="ds-hint">
          {[
            ...(backup.bytes === null
              ? []
              : [
                  text("backups.facts", {
                    rows: number(backup.rows),
                    files: number(backup.files),
                    size: formatBytes(backup.bytes, language),
                  }),
                ]),
            ...(backup.good && !backup.there ? [text("backups.gone")] : []),
            ...(backup.file ? [backup.file] : []),
          ].join(" · ")}
        </span>
        {!backup.good && (
          <>
            <br />
            {backup.problem === "filesMissing"
              ? text("backups.filesMissing")
              : backup.problem
                ? text("backups.problem", { code: backup.problem })
                : text("backups.unknown")}
          </>
        )}
      </span>
      <span className="ds-hint">{formatInstant(backup.finishedAt, language)}</span>
    </li>
  );
}
