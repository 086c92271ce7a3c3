import { SidePanel, useDisclosure } from "@doorstep/ui";
import { useLocation } from "@tanstack/react-router";
import { useText } from "../app/i18n.ts";

const screens = ["units", "topics", "themes", "modules", "people"] as const;

/** What one can do on this screen, in a few sentences. */
export function HelpButton() {
  const text = useText();
  const [opened, panel] = useDisclosure(false);
  const first = useLocation({ select: (location) => location.pathname.split("/").find((part) => part !== "") });
  const screen = first === undefined ? "overview" : (screens.find((one) => one === first) ?? "other");
  return (
    <>
      <button type="button" className="ds-link" aria-haspopup="dialog" onClick={panel.open}>
        {text("help.title")}
      </button>
      <SidePanel opened={opened} title={text("help.title")} onClose={panel.close}>
        <p>{text(`help.${screen}`)}</p>
      </SidePanel>
    </>
  );
}
