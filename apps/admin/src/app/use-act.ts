import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { useErrorText } from "./error-text.ts";

interface ActOptions<T> {
  readonly done?: ((result: T) => void | Promise<void>) | undefined;
}

/** One act on the server: its sentence when refused, and everything read anew afterwards. */
export function useAct<I, T>(act: (input: I) => Promise<T>, options: ActOptions<T> = {}) {
  const client = useQueryClient();
  const errorText = useErrorText();
  const isOurs = (key: QueryKey) => key[0] !== "doorstep";
  const mutation = useMutation({
    mutationFn: act,
    onSuccess: async (result) => {
      await options.done?.(result);
      void client.invalidateQueries({ predicate: (query) => isOurs(query.queryKey) });
    },
  });
  return {
    run: mutation.mutate,
    runAsync: mutation.mutateAsync,
    busy: mutation.isPending,
    done: mutation.isSuccess,
    result: mutation.data,
    cause: mutation.error,
    error: mutation.error ? errorText(mutation.error) : undefined,
    reset: mutation.reset,
  };
}
