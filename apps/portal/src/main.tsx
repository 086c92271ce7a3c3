import "@doorstep/ui/styles/petitioner.css";
import { plugins } from "virtual:doorstep-plugins/portal";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { loadErrorTexts } from "./shell/error-text.ts";
import { startWords } from "./shell/i18n.ts";
import { keptHere } from "./shell/kept.ts";
import { router } from "./shell/router.tsx";
import { queryClient } from "./shell/rpc.ts";
import { rememberKeptUnit, rememberUnitCode } from "./shell/unit.ts";

// The validation library would otherwise try `new Function`, which the page's policy forbids and reports.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

const ERROR_TEXTS_AFTER_MS = 8_000;

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

// The code on a notice board names its unit, whichever page it leads to; the printed pages name theirs themselves.
const unitCode = new URLSearchParams(location.search).get("u");
const kept = keptHere();
if (unitCode && !location.pathname.startsWith("/print/")) rememberUnitCode(unitCode);
else if (kept?.unitCode) rememberKeptUnit(kept.unitCode);
if (kept) void import("./people/kept/keep-pages.ts").then(({ followKept }) => followKept()).catch(() => undefined);

// A page of a plugin is asked for at once: what is on at the unit is still checked before it is shown.
const pluginId = /^\/p\/([a-z0-9-]+)/.exec(location.pathname)?.[1];
void plugins
  .find((plugin) => plugin.id === pluginId)
  ?.load()
  .catch(() => undefined);

await startWords();
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);

// The sentences for refusals come after the first screen, never before it; a refusal asks for them at once.
setTimeout(() => void loadErrorTexts(document.documentElement.lang === "en" ? "en" : "zh-CN"), ERROR_TEXTS_AFTER_MS);
