import {
  Anchor,
  ErrorState,
  Form,
  Screen,
  Select,
  Skeleton,
  Stack,
  Text,
  TextArea,
  useErrorText,
  useMutation,
  usePage,
  useQuery,
  useQueryClient,
} from "@doorstep/sdk/ui";
import { type Check, checkResults, type Results } from "../inspections/checklist.ts";
import type { oneInspection } from "../inspections/inspect.ts";
import { InspectionLines, useInspectionTitle } from "./inspection-parts.tsx";
import { useSupervision } from "./words.ts";
import { WordsForm } from "./words-form.tsx";

type Sample = Awaited<ReturnType<typeof oneInspection>>["sample"][number];

/** One inspection: each petition of the sample against the checklist, and what it came to. */
export default function InspectionPage() {
  const { say, rpc } = useSupervision();
  const { params } = usePage();
  const errorText = useErrorText();
  const client = useQueryClient();
  const titleOf = useInspectionTitle();
  const inspectionId = params.inspectionId ?? "";
  const found = useQuery(rpc.inspection.queryOptions({ inspectionId }, { staleTime: 0 }));
  const close = useMutation(rpc.closeInspection.mutationOptions({ onSuccess: () => client.invalidateQueries() }));
  const one = found.data;
  const isOpen = one?.isHere === true && one.result === null;
  return (
    <Screen title={one ? titleOf(one) : say("inspect.title")}>
      <Stack gap="lg">
        {found.isPending && <Skeleton lines={5} />}
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {one && <InspectionLines one={one} />}
        {one?.sample.map((petition) => (
          <section key={petition.caseId} className="ds-panel" aria-label={petition.title}>
            <Anchor href={`/desk/c/${petition.caseNo}`}>
              <span className="ds-mono">{petition.caseNo}</span> {petition.title}
            </Anchor>
            {petition.isDone && <Text size="sm">{say("inspect.isDone")}</Text>}
            {isOpen && petition.isMine && !petition.isDone && (
              <Text>{say(petition.isEverybodys ? "inspect.everybodys" : "inspect.mine")}</Text>
            )}
            {isOpen && !petition.isMine && (
              <CheckForm inspectionId={inspectionId} petition={petition} checks={one.checks} />
            )}
          </section>
        ))}
        {isOpen &&
          one.sample.length > 0 &&
          one.sample.every((petition) => petition.isDone || petition.isEverybodys) && (
            <WordsForm
              label={say("inspect.result")}
              submitLabel={say("inspect.close")}
              busy={close.isPending}
              error={close.isError ? errorText(close.error) : undefined}
              onSubmit={(words) => close.mutate({ inspectionId, words })}
            />
          )}
      </Stack>
    </Screen>
  );
}

interface CheckFormProps {
  readonly inspectionId: string;
  readonly petition: Sample;
  readonly checks: readonly Check[];
}

function CheckForm({ checks, ...props }: CheckFormProps) {
  const { say, rpc } = useSupervision();
  const errorText = useErrorText();
  const client = useQueryClient();
  const { caseId, results, note } = props.petition;
  const write = useMutation(rpc.check.mutationOptions({ onSuccess: () => client.invalidateQueries() }));
  const none = Object.fromEntries(checks.map((code) => [code, ""]));
  return (
    <Form<Record<string, string>>
      initial={{ ...none, ...results, note }}
      submitLabel={say("inspect.save")}
      busy={write.isPending}
      error={write.isError ? errorText(write.error) : undefined}
      onSubmit={({ note: said = "", ...given }) =>
        write.mutate({ inspectionId: props.inspectionId, caseId, results: given as Results, note: said })
      }
    >
      {checks.map((code) => (
        <Select
          key={code}
          name={code}
          label={say(`inspect.check.${code}`)}
          options={checkResults.map((value) => ({ value, label: say(`inspect.answer.${value}`) }))}
          required
        />
      ))}
      <TextArea name="note" label={say("inspect.note")} rows={2} maxLength={2000} />
    </Form>
  );
}
