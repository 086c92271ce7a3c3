import type { CaseView } from "@doorstep/contracts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { kernel } from "../../shell/rpc.ts";
import { useActKeys } from "../shared/act-key.ts";
import { type Problem, problemOf } from "../shared/problem.ts";
import { useDeskText } from "../text.ts";

/** What every act names: the case, the version it was decided on, a key of its own. */
export interface On {
  readonly caseId: string;
  readonly version: number;
  readonly key: string;
}

export interface CaseAct<V> {
  readonly send: (values: V) => void;
  readonly busy: boolean;
  readonly problem: Problem | undefined;
  /** what the problem was made of */
  readonly error: unknown;
  /** somebody changed the case after it was read; nothing was done */
  readonly stale: boolean;
  readonly reload: () => void;
  /** the problem no longer stands: what was wrong is being sent anew */
  readonly forget: () => void;
}

/** Everything that an act may have changed is asked for anew. */
export function useRefreshCase(): () => Promise<unknown> {
  const queries = useQueryClient();
  return () =>
    Promise.all(
      [kernel.cases, kernel.notices, kernel.clocks].map((group) =>
        queries.invalidateQueries({ queryKey: group.pathKey() }),
      ),
    );
}

/** Sends one act of a case. A refusal keeps what was typed; a stale version says so and loads the latest. */
export function useCaseAct<V>(
  c: Pick<CaseView, "caseId" | "version">,
  call: (values: V, on: On) => Promise<unknown>,
  onDone: (result: unknown) => void,
): CaseAct<V> {
  const { language } = useDeskText();
  const keyFor = useActKeys();
  const refresh = useRefreshCase();
  const mutation = useMutation({
    mutationFn: (values: V) => {
      const on = { caseId: c.caseId, version: c.version };
      return call(values, { ...on, key: keyFor({ ...on, values }) });
    },
    onSuccess: async (result) => {
      onDone(result);
      await refresh();
    },
  });
  const problem = mutation.error ? problemOf(mutation.error, language) : undefined;
  return {
    send: mutation.mutate,
    busy: mutation.isPending,
    problem,
    error: mutation.error,
    stale: problem?.code === "case.stale",
    reload: () => {
      mutation.reset();
      void refresh();
    },
    forget: mutation.reset,
  };
}
