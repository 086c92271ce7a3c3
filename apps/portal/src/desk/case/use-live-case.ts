import type { CaseView } from "@doorstep/contracts";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useLive } from "../../live/use-live.ts";
import { kernel, kernelClient } from "../../shell/rpc.ts";

/**
 * Follows what others do to the case: it is shown as it is now, and says so; while somebody writes nothing moves under
 * his hands, and he is told that he may look. Of his own acts he is not told.
 */
export function useLiveCase(c: CaseView, writing: boolean) {
  const queries = useQueryClient();
  const [behind, setBehind] = useState(false);
  const [updated, setUpdated] = useState(false);
  // the version that was shown when others were heard of: an own act has moved it on by then
  const heardAt = useRef<number>(undefined);
  const load = () => {
    heardAt.current = c.version;
    setBehind(false);
    void queries.invalidateQueries({ queryKey: kernel.cases.byNo.pathKey() });
    void queries.invalidateQueries({ queryKey: kernel.cases.timeline.pathKey() });
    void queries.invalidateQueries({ queryKey: kernel.cases.moduleFacts.pathKey() });
    void queries.invalidateQueries({ queryKey: kernel.cases.consents.pathKey() });
    void queries.invalidateQueries({ queryKey: kernel.clocks.ofModules.pathKey() });
  };
  const shown = useRef(c.version);
  useEffect(() => {
    shown.current = c.version;
  }, [c.version]);
  /** Past the cache: nothing may move. What is heard of may be the own act of a moment ago, which is shown already. */
  const lookPast = async () => {
    const now = await kernelClient.cases.byNo.query({ caseNo: c.caseNo }).catch(() => undefined);
    if (now?.version !== shown.current) setBehind(true);
  };
  useLive((news) => {
    if (!news.all && !news.cases.includes(c.caseId)) return;
    if (writing) void lookPast();
    else load();
  });
  useEffect(() => {
    if (heardAt.current === undefined || heardAt.current === c.version) return;
    heardAt.current = undefined;
    setUpdated(true);
  }, [c.version]);
  return { behind, updated, load, seen: () => setUpdated(false) };
}
