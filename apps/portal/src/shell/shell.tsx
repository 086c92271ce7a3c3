import { ShortcutsProvider, UiProvider } from "@doorstep/ui";
import { Outlet } from "@tanstack/react-router";
import { useLanguage } from "./i18n.ts";
import { PortalUiHost } from "./ui-host.tsx";

/** The server puts a nonce of its own into every answer; style tags made at run time must carry it. */
const nonce = document.querySelector<HTMLElement>("meta[property=csp-nonce]")?.nonce || undefined;

/** What stands around every screen of the portal and shows nothing itself. */
export function Shell() {
  const language = useLanguage();
  return (
    <UiProvider language={language} nonce={nonce}>
      <ShortcutsProvider>
        <PortalUiHost>
          <Outlet />
        </PortalUiHost>
      </ShortcutsProvider>
    </UiProvider>
  );
}
