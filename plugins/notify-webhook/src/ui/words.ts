import { usePlugin } from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";
import type server from "../server.ts";

/** What the page needs: words, calls and language. */
export function useWebhook() {
  const { t, rpc, language } = usePlugin<typeof server>(plugin);
  return { say: t, rpc, language };
}
export type Words = ReturnType<typeof useWebhook>;
