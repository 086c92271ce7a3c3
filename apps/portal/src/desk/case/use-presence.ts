import { useEffect, useState } from "react";
import { useLive } from "../../live/use-live.ts";
import { kernelClient } from "../../shell/rpc.ts";

const SAY_EVERY_MS = 20_000;

export interface Other {
  readonly name: string;
  readonly editing: boolean;
}
type Doing = "reading" | "editing" | "left";

/** Random and of this page alone; made so that it works where a browser hides `crypto.randomUUID`. */
function newTab(): string {
  const hex = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/** Nobody is shown rather than somebody who has left. */
const say = (caseId: string, tab: string, doing: Doing): Promise<readonly Other[]> =>
  kernelClient.cases.present.mutate({ caseId, tab, doing }).catch(() => []);

/** A page that is closed has no time to ask: the browser takes this along. */
const sayGone = (caseId: string, tab: string): void => {
  const body = JSON.stringify({ caseId, tab, doing: "left" });
  navigator.sendBeacon("/rpc/cases.present", new Blob([body], { type: "application/json" }));
};

/** Says that this page has the case open, or writes in it, and who else has. It holds nobody back. */
export function usePresence(caseId: string, editing: boolean): readonly Other[] {
  const [others, setOthers] = useState<readonly Other[]>([]);
  const [tab] = useState(newTab);
  const [asked, setAsked] = useState(0);
  useLive((news) => {
    if (news.all || news.presence.includes(caseId)) setAsked((before) => before + 1);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` is what makes it ask again
  useEffect(() => {
    const state = { gone: false };
    const look = async () => {
      if (document.visibilityState === "hidden") return;
      const found = await say(caseId, tab, editing ? "editing" : "reading");
      if (!state.gone) setOthers(found);
    };
    void look();
    const again = setInterval(() => void look(), SAY_EVERY_MS);
    return () => {
      state.gone = true;
      clearInterval(again);
    };
  }, [caseId, tab, editing, asked]);
  useEffect(() => {
    const gone = () => sayGone(caseId, tab);
    addEventListener("pagehide", gone);
    return () => {
      removeEventListener("pagehide", gone);
      void say(caseId, tab, "left");
    };
  }, [caseId, tab]);
  return others;
}
