import {
  Anchor,
  EmptyState,
  ErrorState,
  Form,
  Screen,
  Select,
  Skeleton,
  Stack,
  TextField,
  useErrorText,
  useMutation,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { InspectionLines, useInspectionTitle } from "./inspection-parts.tsx";
import { useSupervision } from "./words.ts";

const SIZES = ["3", "5", "10", "20"] as const;

/** Inspections of the unit and below, and a form that begins the next. */
export default function InspectionsPage() {
  const { say, rpc } = useSupervision();
  const errorText = useErrorText();
  const titleOf = useInspectionTitle();
  const found = useQuery(rpc.inspections.queryOptions(undefined, { staleTime: 0 }));
  return (
    <Screen title={say("inspect.title")} width="wide">
      <Stack gap="lg">
        {found.isPending && <Skeleton lines={4} />}
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {found.data?.length === 0 && <EmptyState title={say("inspect.none")} />}
        <ul className="ds-list">
          {found.data?.map((one) => (
            <li key={one.inspectionId} className="ds-panel">
              <Anchor href={`/desk/p/supervision/inspections/${one.inspectionId}`}>{titleOf(one)}</Anchor>
              <InspectionLines one={one} />
            </li>
          ))}
        </ul>
        <section aria-label={say("inspect.new")}>
          <h2>{say("inspect.new")}</h2>
          <NewForm />
        </section>
      </Stack>
    </Screen>
  );
}

function NewForm() {
  const { say, rpc, language } = useSupervision();
  const { go } = usePage();
  const errorText = useErrorText();
  const [inspectionId] = useState(() => crypto.randomUUID());
  const units = useQuery(rpc.inspectable.queryOptions(undefined, { staleTime: 0 }));
  const begin = useMutation(rpc.inspect.mutationOptions({ onSuccess: () => go(`/inspections/${inspectionId}`) }));
  if (units.isError) return <ErrorState title={errorText(units.error)} onRetry={() => void units.refetch()} />;
  if (!units.data) return <Skeleton lines={3} />;
  return (
    <Form
      initial={{ aboutUnit: "", title: "", size: "5" }}
      submitLabel={say("inspect.send")}
      busy={begin.isPending}
      error={begin.isError ? errorText(begin.error) : undefined}
      onSubmit={({ size, ...values }) => begin.mutate({ inspectionId, size: Number(size), ...values })}
    >
      <Select
        name="aboutUnit"
        label={say("inspect.unit")}
        options={units.data.map(({ id, name }) => ({ value: id, label: name[language] }))}
        required
      />
      <TextField name="title" label={say("inspect.name")} maxLength={200} required />
      <Select
        name="size"
        label={say("inspect.size")}
        hint={say("inspect.sizeHint")}
        options={SIZES.map((value) => ({ value, label: value }))}
        required
      />
    </Form>
  );
}
