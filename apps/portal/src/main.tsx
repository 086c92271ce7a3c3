import "@doorstep/ui/styles/petitioner.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { loadErrorTexts } from "./shell/error-text.ts";
import { startWords } from "./shell/i18n.ts";
import { router } from "./shell/router.tsx";
import { queryClient } from "./shell/rpc.ts";

// The validation library would otherwise try `new Function`, which the page's policy forbids and reports.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

await startWords();
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
);

// The sentences for refusals come after the first screen, never before it.
setTimeout(() => void loadErrorTexts().catch(() => undefined), 1_500);
