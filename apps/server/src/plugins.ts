import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { PluginSource } from "@doorstep/plugin-host";

const folderOf = (packageJson: string): string => dirname(fileURLToPath(packageJson));

/** The plugins this server is built with; each unit decides which of them it uses. */
export const plugins: readonly PluginSource[] = [
  {
    id: "pack-cn",
    root: folderOf(import.meta.resolve("@doorstep/plugin-pack-cn/package.json")),
    load: () => import("@doorstep/plugin-pack-cn/server"),
  },
  {
    id: "calendar-cn",
    root: folderOf(import.meta.resolve("@doorstep/plugin-calendar-cn/package.json")),
    load: () => import("@doorstep/plugin-calendar-cn/server"),
  },
  {
    id: "online-petition",
    root: folderOf(import.meta.resolve("@doorstep/plugin-online-petition/package.json")),
    load: () => import("@doorstep/plugin-online-petition/server"),
  },
  {
    id: "hotline",
    root: folderOf(import.meta.resolve("@doorstep/plugin-hotline/package.json")),
    load: () => import("@doorstep/plugin-hotline/server"),
  },
  {
    id: "ledger-import",
    root: folderOf(import.meta.resolve("@doorstep/plugin-ledger-import/package.json")),
    load: () => import("@doorstep/plugin-ledger-import/server"),
  },
  {
    id: "letter-desk",
    root: folderOf(import.meta.resolve("@doorstep/plugin-letter-desk/package.json")),
    load: () => import("@doorstep/plugin-letter-desk/server"),
  },
  {
    id: "mail-in",
    root: folderOf(import.meta.resolve("@doorstep/plugin-mail-in/package.json")),
    load: () => import("@doorstep/plugin-mail-in/server"),
  },
  {
    id: "heart-talk",
    root: folderOf(import.meta.resolve("@doorstep/plugin-heart-talk/package.json")),
    load: () => import("@doorstep/plugin-heart-talk/server"),
  },
  {
    id: "reception-day",
    root: folderOf(import.meta.resolve("@doorstep/plugin-reception-day/package.json")),
    load: () => import("@doorstep/plugin-reception-day/server"),
  },
  {
    id: "barometer",
    root: folderOf(import.meta.resolve("@doorstep/plugin-barometer/package.json")),
    load: () => import("@doorstep/plugin-barometer/server"),
  },
  {
    id: "indicators",
    root: folderOf(import.meta.resolve("@doorstep/plugin-indicators/package.json")),
    load: () => import("@doorstep/plugin-indicators/server"),
  },
  {
    id: "process",
    root: folderOf(import.meta.resolve("@doorstep/plugin-process/package.json")),
    load: () => import("@doorstep/plugin-process/server"),
  },
  {
    id: "reports",
    root: folderOf(import.meta.resolve("@doorstep/plugin-reports/package.json")),
    load: () => import("@doorstep/plugin-reports/server"),
  },
  {
    id: "open-data",
    root: folderOf(import.meta.resolve("@doorstep/plugin-open-data/package.json")),
    load: () => import("@doorstep/plugin-open-data/server"),
  },
  {
    id: "referral",
    root: folderOf(import.meta.resolve("@doorstep/plugin-referral/package.json")),
    load: () => import("@doorstep/plugin-referral/server"),
  },
  {
    id: "joint-petition",
    root: folderOf(import.meta.resolve("@doorstep/plugin-joint-petition/package.json")),
    load: () => import("@doorstep/plugin-joint-petition/server"),
  },
  {
    id: "notify-mail",
    root: folderOf(import.meta.resolve("@doorstep/plugin-notify-mail/package.json")),
    load: () => import("@doorstep/plugin-notify-mail/server"),
  },
  {
    id: "notify-print",
    root: folderOf(import.meta.resolve("@doorstep/plugin-notify-print/package.json")),
    load: () => import("@doorstep/plugin-notify-print/server"),
  },
  {
    id: "notify-webhook",
    root: folderOf(import.meta.resolve("@doorstep/plugin-notify-webhook/package.json")),
    load: () => import("@doorstep/plugin-notify-webhook/server"),
  },
  {
    id: "assistance",
    root: folderOf(import.meta.resolve("@doorstep/plugin-assistance/package.json")),
    load: () => import("@doorstep/plugin-assistance/server"),
  },
  {
    id: "backlog",
    root: folderOf(import.meta.resolve("@doorstep/plugin-backlog/package.json")),
    load: () => import("@doorstep/plugin-backlog/server"),
  },
  {
    id: "leader-desk",
    root: folderOf(import.meta.resolve("@doorstep/plugin-leader-desk/package.json")),
    load: () => import("@doorstep/plugin-leader-desk/server"),
  },
  {
    id: "leader-mailbox",
    root: folderOf(import.meta.resolve("@doorstep/plugin-leader-mailbox/package.json")),
    load: () => import("@doorstep/plugin-leader-mailbox/server"),
  },
  {
    id: "root-cause",
    root: folderOf(import.meta.resolve("@doorstep/plugin-root-cause/package.json")),
    load: () => import("@doorstep/plugin-root-cause/server"),
  },
  {
    id: "suggestion-box",
    root: folderOf(import.meta.resolve("@doorstep/plugin-suggestion-box/package.json")),
    load: () => import("@doorstep/plugin-suggestion-box/server"),
  },
  {
    id: "export-archive",
    root: folderOf(import.meta.resolve("@doorstep/plugin-export-archive/package.json")),
    load: () => import("@doorstep/plugin-export-archive/server"),
  },
  {
    id: "liaison",
    root: folderOf(import.meta.resolve("@doorstep/plugin-liaison/package.json")),
    load: () => import("@doorstep/plugin-liaison/server"),
  },
  {
    id: "hearing",
    root: folderOf(import.meta.resolve("@doorstep/plugin-hearing/package.json")),
    load: () => import("@doorstep/plugin-hearing/server"),
  },
  {
    id: "mediation",
    root: folderOf(import.meta.resolve("@doorstep/plugin-mediation/package.json")),
    load: () => import("@doorstep/plugin-mediation/server"),
  },
  {
    id: "supervision",
    root: folderOf(import.meta.resolve("@doorstep/plugin-supervision/package.json")),
    load: () => import("@doorstep/plugin-supervision/server"),
  },
  {
    id: "visit-desk",
    root: folderOf(import.meta.resolve("@doorstep/plugin-visit-desk/package.json")),
    load: () => import("@doorstep/plugin-visit-desk/server"),
  },
];
