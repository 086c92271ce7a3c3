import { Frame, Kbd, useDisclosure, useShortcuts } from "@doorstep/ui";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense } from "react";
import { useLive } from "../live/use-live.ts";
import { AccountMenu } from "../shell/account-menu.tsx";
import { OfflineBar } from "../shell/offline-bar.tsx";
import { kernel } from "../shell/rpc.ts";
import { useDesk } from "./desk-context.ts";
import { DutyBanner, useUrgent } from "./duty/duty-banner.tsx";
import { NavEntries } from "./modules/nav-entries.tsx";
import { type DeskPlace, openQueue } from "./place.ts";
import { DeskLink } from "./shared/desk-link.tsx";
import { KeysPanel } from "./shared/keys-panel.tsx";
import { type DeskKey, useDeskText } from "./text.ts";
import { UnitSwitcher } from "./units/unit-switcher.tsx";

const CommandMenu = lazy(async () => ({ default: (await import("./commands/command-menu.tsx")).CommandMenu }));

const register: DeskPlace = { page: "register" };
const approvals: DeskPlace = { page: "approvals" };
const unitLetters: DeskPlace = { page: "unitLetters" };
const urged: DeskPlace = { page: "urged" };
const tasksPlace: DeskPlace = { page: "tasks" };
const reportsPlace: DeskPlace = { page: "reports" };
const duty: DeskPlace = { page: "duty" };
const explain: DeskPlace = { page: "explain" };

const identity: DeskPlace = { page: "identity" };
const quarantine: DeskPlace = { page: "quarantine" };

const isMine = (place: DeskPlace): boolean => place.page === "queue" && place.filter.view === "mine";

function isCurrent(place: DeskPlace, at: DeskPlace): boolean {
  if (place.page !== at.page) return at.page === "case" && place.page === "queue" && !isMine(place);
  if (place.page === "module" && at.page === "module") return place.pluginId === at.pluginId && place.path === at.path;
  if (place.page !== "queue" || at.page !== "queue") return true;
  return isMine(at) === isMine(place);
}

/** Header and rail of the desk (a bar at the lower edge of phones), and the keys that work on every screen of it. */
export function DeskFrame(props: { readonly children: ReactNode }) {
  const { text, language } = useDeskText();
  const { go, me, place } = useDesk();
  // The chosen unit stays while one goes from view to view.
  const unit = place.page === "queue" || place.page === "case" ? place.filter.unit : undefined;
  const queue: DeskPlace = { page: "queue", filter: { ...openQueue, unit } };
  const mine: DeskPlace = { page: "queue", filter: { view: "mine", unit } };
  const counts = useQuery(
    kernel.cases.counts.queryOptions(unit === undefined ? {} : { unitId: unit }, { refetchInterval: 60_000 }),
  );
  const mayRegister = me.permissions.includes("desk.register");
  const held = useQuery({
    ...kernel.quarantine.list.queryOptions({ limit: 1 }, { refetchInterval: 60_000 }),
    enabled: mayRegister,
  });
  const asked = useQuery(kernel.vault.requests.queryOptions({ side: "toDecide" }, { refetchInterval: 60_000 }));
  const tasks = useQuery(kernel.tasks.list.queryOptions({}, { refetchInterval: 60_000 }));
  const reports = useQuery(kernel.reports.list.queryOptions({}, { staleTime: 300_000 }));
  const toSign = useQuery(
    kernel.unitLetters.list.queryOptions({ list: "toSign", limit: 100 }, { refetchInterval: 60_000 }),
  );
  const waiting = held.data?.total ?? 0;
  const queries = useQueryClient();
  useLive((news) => {
    if (news.all || news.cases.length > 0) void queries.invalidateQueries({ queryKey: kernel.cases.counts.pathKey() });
  });
  const urgent = useUrgent();
  const urgings = useQuery(kernel.supervision.count.queryOptions({}, { refetchInterval: 60_000 }));
  const [keysOpen, keys] = useDisclosure(false);
  const [commandsOpen, commands] = useDisclosure(false);

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
    { keys: "ctrl+k", label: text("desk.keys.commands"), run: commands.open },
    { keys: "?", label: text("desk.keys.help"), run: keys.open },
  ]);

  const entries: readonly { to: DeskPlace; label: DeskKey; count?: number | undefined }[] = [
    { to: queue, label: "desk.nav.queue", count: counts.data?.open },
    ...(mayRegister ? [{ to: register, label: "desk.nav.register" as const }] : []),
    // seen only while something waits there
    ...(waiting > 0 ? [{ to: quarantine, label: "desk.quarantine.title" as const, count: waiting }] : []),
    { to: mine, label: "desk.nav.mine", count: counts.data?.mine },
    { to: approvals, label: "desk.nav.approvals", count: counts.data?.toApprove },
    ...(toSign.data?.items.length
      ? [{ to: unitLetters, label: "desk.unitLetters.title" as const, count: toSign.data.items.length }]
      : []),
    { to: urged, label: "desk.urged.title", count: urgings.data?.toAnswer },
    ...(tasks.data?.length ? [{ to: tasksPlace, label: "desk.tasks.title" as const, count: tasks.data.length }] : []),
    ...(reports.data?.some((one) => !one.register && !one.key.startsWith("kernel/"))
      ? [{ to: reportsPlace, label: "desk.reports.title" as const }]
      : []),
    // only while there is something: most people never see these
    ...(asked.data?.length ? [{ to: identity, label: "desk.identity.title" as const, count: asked.data.length }] : []),
    ...(urgent.length > 0 ? [{ to: duty, label: "desk.duty.title" as const, count: urgent.length }] : []),
    ...(urgings.data?.toExplain
      ? [{ to: explain, label: "desk.explain.title" as const, count: urgings.data.toExplain }]
      : []),
  ];

  const brand = me.unit ? text("desk.brandOf", { unit: me.unit.name[language] }) : text("desk.brand");

  return (
    <Frame
      banner={<OfflineBar />}
      header={
        <>
          <DeskLink to={queue} className="ds-brand" title={brand}>
            {brand}
          </DeskLink>
          <UnitSwitcher />
          <div className="ds-header-tools">
            <button
              type="button"
              className="ds-link desk-commands-button"
              aria-haspopup="dialog"
              onClick={commands.open}
            >
              {text("desk.commands.open")}
              <Kbd className="desk-kbd">Ctrl K</Kbd>
            </button>
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
          <NavEntries
            own={entries.map(({ to, label, count }) => ({ key: label, to, label: text(label), count }))}
            isCurrent={(to) => isCurrent(to, place)}
            at={place}
          />
        </ul>
      }
    >
      <DutyBanner waiting={urgent.filter((page) => page.pagedMe && page.takenAt === null).length} />
      {props.children}
      {commandsOpen && (
        <Suspense>
          <CommandMenu onClose={commands.close} />
        </Suspense>
      )}
      <KeysPanel opened={keysOpen} onClose={keys.close} />
    </Frame>
  );
}
