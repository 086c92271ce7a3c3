import { Frame, useDisclosure, useShortcuts } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { AccountMenu } from "../shell/account-menu.tsx";
import { OfflineBar } from "../shell/offline-bar.tsx";
import { kernel } from "../shell/rpc.ts";
import { useDesk } from "./desk-context.ts";
import { type DeskPlace, openQueue } from "./place.ts";
import { badgeOf } from "./queue/arrivals.ts";
import { DeskLink } from "./shared/desk-link.tsx";
import { KeysPanel } from "./shared/keys-panel.tsx";
import { type DeskKey, useDeskText } from "./text.ts";

const queue: DeskPlace = { page: "queue", filter: openQueue };
const mine: DeskPlace = { page: "queue", filter: { view: "mine" } };
const register: DeskPlace = { page: "register" };
const approvals: DeskPlace = { page: "approvals" };

function isCurrent(place: DeskPlace, at: DeskPlace): boolean {
  if (place.page !== at.page) return at.page === "case" && place === queue;
  if (place.page !== "queue" || at.page !== "queue") return true;
  return (at.filter.view === "mine") === (place === mine);
}

/** Header and rail of the desk (a bar at the lower edge of phones), and the keys that work on every screen of it. */
export function DeskFrame(props: { readonly children: ReactNode }) {
  const { text, language } = useDeskText();
  const { go, me, place } = useDesk();
  const counts = useQuery(kernel.cases.counts.queryOptions({}, { refetchInterval: 60_000 }));
  const [keysOpen, keys] = useDisclosure(false);
  const mayRegister = me.permissions.includes("desk.register");

  useShortcuts([
    { keys: "g q", label: text("desk.keys.goQueue"), run: () => go(queue) },
    { keys: "g m", label: text("desk.keys.goMine"), run: () => go(mine) },
    { keys: "g a", label: text("desk.keys.goApprovals"), run: () => go(approvals) },
    ...(mayRegister
      ? [
          { keys: "g r", label: text("desk.keys.goRegister"), run: () => go(register) },
          { keys: "n", label: text("desk.keys.register"), run: () => go(register) },
        ]
      : []),
    { keys: "?", label: text("desk.keys.help"), run: keys.open },
  ]);

  const entries: readonly { to: DeskPlace; label: DeskKey; badge?: string | undefined }[] = [
    { to: queue, label: "desk.nav.queue", badge: badgeOf(counts.data?.open) },
    ...(mayRegister ? [{ to: register, label: "desk.nav.register" as const }] : []),
    { to: mine, label: "desk.nav.mine", badge: badgeOf(counts.data?.mine) },
    { to: approvals, label: "desk.nav.approvals", badge: badgeOf(counts.data?.toApprove) },
  ];

  return (
    <Frame
      banner={<OfflineBar />}
      header={
        <>
          <DeskLink to={queue} className="ds-brand">
            {me.unit ? text("desk.brandOf", { unit: me.unit.name[language] }) : text("desk.brand")}
          </DeskLink>
          <div className="ds-header-tools">
            <button type="button" className="ds-link desk-keys-button" onClick={keys.open}>
              {text("desk.nav.keys")}
            </button>
            <AccountMenu />
          </div>
        </>
      }
      navLabel={text("desk.nav.label")}
      nav={
        <ul className="desk-nav-list">
          {entries.map((entry) => (
            <li key={entry.label}>
              <DeskLink to={entry.to} current={isCurrent(entry.to, place)}>
                <span>{text(entry.label)}</span>
                {entry.badge && <span className="desk-count">{entry.badge}</span>}
              </DeskLink>
            </li>
          ))}
        </ul>
      }
    >
      {props.children}
      <KeysPanel opened={keysOpen} onClose={keys.close} />
    </Frame>
  );
}
