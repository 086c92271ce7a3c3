import { SidePanel, useDisclosure } from "@doorstep/ui";
import { lazy, Suspense } from "react";
import { useText } from "../i18n.ts";

const HelpText = lazy(async () => ({ default: (await import("./help-text.tsx")).HelpText }));

/** “帮助” in the header of the petitioners' pages; its words are fetched when somebody asks for them. */
export function HelpButton() {
  const text = useText();
  const [opened, panel] = useDisclosure(false);
  return (
    <>
      <button type="button" className="ds-link" aria-haspopup="dialog" onClick={panel.open}>
        {text("shell.help")}
      </button>
      <SidePanel opened={opened} title={text("shell.help")} onClose={panel.close}>
        <Suspense>{opened && <HelpText />}</Suspense>
      </SidePanel>
    </>
  );
}
