import type { CaseView } from "@doorstep/contracts";
import { Contribution, useContributions, wantsToShow } from "@doorstep/sdk/ui-host";
import { Button, SidePanel } from "@doorstep/ui";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { kernel } from "../../shell/rpc.ts";
import { useDeskText } from "../text.ts";
import { factsOf } from "./case-facts.ts";

/** What modules offer to do with a case, point `desk/case-action@1`: a button each, and a panel for what it asks. */
export function AddedActs({ c }: { readonly c: CaseView }) {
  const { text, language } = useDeskText();
  const queries = useQueryClient();
  const acts = useContributions("caseActions").filter((one) => wantsToShow(one.value.when, factsOf(c)));
  const [open, setOpen] = useState<string>();
  const [done, setDone] = useState(false);
  const keyOf = (one: (typeof acts)[number]): string => `${one.pluginId}/${one.key}`;
  const shown = acts.find((one) => keyOf(one) === open);
  if (acts.length === 0) return null;
  const finish = () => {
    setOpen(undefined);
    setDone(true);
    void queries.invalidateQueries({ queryKey: kernel.cases.pathKey() });
  };
  return (
    <section aria-labelledby="added-acts" className="desk-acts ds-no-print">
      <h2 id="added-acts">{text("desk.modules.acts")}</h2>
      <p role="status">{done && text("desk.modules.actDone")}</p>
      {acts.map((one) => (
        <Button
          key={keyOf(one)}
          fullWidth
          variant="default"
          onClick={() => {
            setDone(false);
            setOpen(keyOf(one));
          }}
        >
          {one.value.title[language]}
        </Button>
      ))}
      <SidePanel
        opened={shown !== undefined}
        title={shown?.value.title[language] ?? ""}
        onClose={() => setOpen(undefined)}
      >
        {shown && (
          <Contribution
            part="caseActions"
            pluginId={shown.pluginId}
            component={shown.value.component}
            props={{ caseId: c.caseId, onDone: finish }}
          />
        )}
      </SidePanel>
    </section>
  );
}
