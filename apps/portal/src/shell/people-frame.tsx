import { Frame } from "@doorstep/ui";
import { Link, Outlet } from "@tanstack/react-router";
import { AccountMenu } from "./account-menu.tsx";
import { HelpButton } from "./help/help-button.tsx";
import { useLanguage, useText } from "./i18n.ts";
import { OfflineBar } from "./offline-bar.tsx";
import { QuickExit } from "./quick-exit.tsx";
import { useRegistry, useUnitCode } from "./unit.ts";
import { WorkBar } from "./work/work-bar.tsx";

/** Header and footer of the petitioners' pages. */
export function PeopleFrame() {
  const text = useText();
  const language = useLanguage();
  const registry = useRegistry();
  const unitCode = useUnitCode();
  const unit = registry.data?.unit;
  const brand = unit ? text("shell.brandOf", { unit: unit.name[language] }) : text("shell.brand");
  return (
    <Frame
      banner={
        <>
          <OfflineBar />
          <WorkBar />
        </>
      }
      header={
        <>
          <Link to="/" className="ds-brand" title={brand}>
            {brand}
          </Link>
          <div className="ds-header-tools">
            <HelpButton />
            <QuickExit />
            <AccountMenu />
          </div>
        </>
      }
      footer={
        <>
          <Link to="/who-sees">{text("shell.whoSees")}</Link>
          <Link to="/rights">{text("shell.rights")}</Link>
          <Link to="/privacy">{text("shell.privacy")}</Link>
          <Link to="/accessibility">{text("shell.accessibility")}</Link>
          <Link to="/on-this-phone">{text("shell.kept")}</Link>
          <Link to="/verify">{text("shell.verify")}</Link>
          <Link to="/print/form" search={{ u: unitCode ?? unit?.code ?? "" }}>
            {text("shell.paperForm")}
          </Link>
        </>
      }
    >
      <Outlet />
    </Frame>
  );
}
