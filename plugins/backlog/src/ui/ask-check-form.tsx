import {
  EmptyState,
  ErrorState,
  Form,
  Select,
  Skeleton,
  useErrorText,
  useKernel,
  useMutation,
  useQuery,
  useQueryClient,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import type { ItemView } from "./item-view.ts";
import { useBacklog } from "./words.ts";

const DAYS = 15;

/** Chooses the third unit, lets it see the petition by the kernel's own act, and asks it to check. */
export function AskCheckForm({ item }: { readonly item: ItemView }) {
  const { say, rpc, language } = useBacklog();
  const kernel = useKernel();
  const client = useQueryClient();
  const errorText = useErrorText();
  const [key] = useState(() => crypto.randomUUID());
  const { caseId } = item;
  const choices = useQuery(rpc.choices.queryOptions({ caseId }, { staleTime: 0 }));
  const ask = useMutation(rpc.askCheck.mutationOptions({ onSuccess: () => client.invalidateQueries() }));
  const letIn = useMutation(kernel.cases.askCheck.mutationOptions());
  const look = useMutation({
    mutationFn: async (unitId: string) => {
      const { version } = await client.fetchQuery(kernel.cases.get.queryOptions({ caseId }, { staleTime: 0 }));
      await letIn.mutateAsync({ caseId, version, key, unitId, days: DAYS });
      await ask.mutateAsync({ caseId, unitId });
    },
  });
  if (choices.isError) return <ErrorState title={errorText(choices.error)} onRetry={() => void choices.refetch()} />;
  if (!choices.data) return <Skeleton lines={3} />;
  if (choices.data.units.length === 0) return <EmptyState title={say("askCheck.none")} />;
  return (
    <Form
      initial={{ unitId: "" }}
      submitLabel={say("askCheck.send")}
      busy={look.isPending}
      error={look.isError ? errorText(look.error) : undefined}
      onSubmit={({ unitId }) => look.mutate(unitId)}
    >
      <p>{say("askCheck.means", { days: DAYS })}</p>
      <Select
        name="unitId"
        label={say("askCheck.unit")}
        options={choices.data.units.map(({ id, name }) => ({ value: id, label: name[language] }))}
        required
      />
    </Form>
  );
}
