import { Button, Screen } from "@doorstep/ui";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useLanguage } from "../../shell/i18n.ts";
import { keptHere } from "../../shell/kept.ts";
import { pageWords } from "../../shell/page-words.ts";
import { useRegistry, useUnitCode } from "../../shell/unit.ts";
import en from "./en.json" with { type: "json" };
import { canKeep, keepPages, removePages } from "./keep-pages.ts";
import zh from "./zh-CN.json" with { type: "json" };

const useKeptWords = pageWords({ "zh-CN": zh, en });

/** Whoever wants it keeps the pages on his own phone; nothing is kept before, and everything goes again by one press. */
export function KeptScreen() {
  const say = useKeptWords();
  const registry = useRegistry();
  const unitCode = useUnitCode();
  const language = useLanguage();
  const [kept, setKept] = useState(() => keptHere() !== undefined);
  const keep = useMutation({
    networkMode: "always",
    mutationFn: async () => {
      if (!registry.data || !(await keepPages({ unitCode, registry: registry.data }, language)))
        throw new Error("not kept");
    },
    onSuccess: () => setKept(true),
  });
  const remove = useMutation({ networkMode: "always", mutationFn: removePages, onSuccess: () => setKept(false) });
  return (
    <Screen title={say("title")} width="narrow">
      <p>{say("lead")}</p>
      <ul className="ds-prose">
        <li>{say("what")}</li>
        <li>{say("whatNot")}</li>
        <li>{say("icon")}</li>
      </ul>
      <p className="ds-panel ds-panel-warn">{say("shared")}</p>
      {!canKeep() && <p role="status">{say("cannot")}</p>}
      <p role="status">{kept ? say("kept") : say("notKept")}</p>
      {keep.isError && <p role="alert">{say("failed")}</p>}
      <div className="ds-row">
        {kept ? (
          <Button variant="default" loading={remove.isPending} onClick={() => remove.mutate()}>
            {say("remove")}
          </Button>
        ) : (
          <Button disabled={!canKeep()} loading={keep.isPending} onClick={() => keep.mutate()}>
            {say("keep")}
          </Button>
        )}
      </div>
    </Screen>
  );
}
