import { ShortcutsProvider, UiProvider } from "@doorstep/ui";
import { AdminFrame } from "./admin-frame.tsx";
import { useLanguage } from "./i18n.ts";
import { AdminUiHost } from "./ui-host.tsx";

/** The server puts a nonce of its own into every answer; style tags made at run time must carry it. */
const nonce = document.querySelector<HTMLElement>("meta[property=csp-nonce]")?.nonce || undefined;

/** What stands around every page of the administration. */
export function Shell() {
  const language = useLanguage();
  return (
    <UiProvider language={language} nonce={nonce}>
      <ShortcutsProvider>
        <AdminUiHost>
          <AdminFrame />
        </AdminUiHost>
      </ShortcutsProvider>
    </UiProvider>
  );
}
