import {
  Alert,
  Button,
  ErrorState,
  Form,
  Screen,
  Select,
  Skeleton,
  Steps,
  TextField,
  Tick,
  useErrorText,
  useMutation,
  useQuery,
} from "@doorstep/sdk/ui";
import type { MappingInput } from "../mapping/mapping.ts";
import type { ChosenReading } from "./import-page.tsx";
import { fromMapping, type MappingValues, toMapping } from "./mapping-values.ts";
import { useLedgerImport } from "./words.ts";

interface MappingStepProps {
  readonly importId: string;
  readonly fileName: string;
  readonly reading: ChosenReading;
  readonly onBack: () => void;
  readonly onDone: () => void;
}

/** Step 3: which columns say what; filled in from last time, else from the columns' names. */
export function MappingStep(props: MappingStepProps) {
  const { say, rpc } = useLedgerImport();
  const errorText = useErrorText();
  const { importId, reading } = props;
  const sample = useMutation(rpc.sample.mutationOptions());
  const { mutateAsync } = sample;
  const read = useQuery({
    queryKey: ["ledger-import", "sample", importId, reading.encoding, reading.delimiter],
    queryFn: () => mutateAsync({ importId, ...reading }),
    retry: false,
  });
  return (
    <Screen title={say("mapping.title")} width="narrow" before={<Steps current={3} total={5} />}>
      {read.isError && <ErrorState title={errorText(read.error)} onRetry={() => void read.refetch()} />}
      {read.isPending && <Skeleton lines={8} />}
      {read.data && (
        <MappingForm
          {...props}
          columns={read.data.columns}
          proposal={read.data.remembered?.mapping ?? read.data.proposal}
          source={read.data.remembered?.source ?? props.fileName.replace(/\.[^.]*$/, "").slice(0, 60)}
          isRemembered={read.data.remembered !== null}
        />
      )}
    </Screen>
  );
}

interface MappingFormProps extends MappingStepProps {
  readonly columns: readonly string[];
  readonly proposal: Partial<MappingInput>;
  readonly source: string;
  readonly isRemembered: boolean;
}

const plainFields = ["reply", "repliedAt", "closedAt", "petitioner", "topic"] as const;

function MappingForm(props: MappingFormProps) {
  const { say, rpc } = useLedgerImport();
  const errorText = useErrorText();
  const configure = useMutation(rpc.configure.mutationOptions({ onSuccess: props.onDone }));
  const options = props.columns.map((column) => ({ value: column, label: column }));
  const send = (values: MappingValues) =>
    configure.mutate({
      importId: props.importId,
      ...props.reading,
      source: values.source,
      mapping: toMapping(values, props.proposal),
    });
  return (
    <Form
      initial={fromMapping(props.proposal, props.source)}
      validate={(values: MappingValues) => (values.title1 || values.body ? {} : { title1: say("mapping.textMissing") })}
      onSubmit={send}
      submitLabel={say("mapping.next")}
      busy={configure.isPending}
      error={configure.isError ? errorText(configure.error) : undefined}
      secondary={
        <Button variant="default" onClick={props.onBack}>
          {say("mapping.back")}
        </Button>
      }
    >
      {props.isRemembered && <Alert variant="light">{say("mapping.remembered")}</Alert>}
      <TextField name="source" label={say("mapping.source")} hint={say("mapping.sourceHint")} required maxLength={60} />
      <Select name="title1" label={say("mapping.title1")} options={options} />
      <Select name="title2" label={say("mapping.title2")} options={options} />
      <Select name="body" label={say("mapping.body")} hint={say("mapping.bodyHint")} options={options} />
      <Select name="receivedAt" label={say("mapping.receivedAt")} options={options} required />
      <Select
        name="dateOrder"
        label={say("mapping.dateOrder")}
        options={(["ymd", "mdy", "dmy"] as const).map((one) => ({ value: one, label: say(`mapping.orders.${one}`) }))}
        required
      />
      <Select name="key" label={say("mapping.key")} hint={say("mapping.keyHint")} options={options} />
      {plainFields.map((field) => (
        <Select key={field} name={field} label={say(`mapping.${field}`)} options={options} />
      ))}
      <Select name="unit" label={say("mapping.unit")} hint={say("mapping.unitHint")} options={options} />
      <Tick name="acceptDamaged" label={say("mapping.acceptDamaged")} />
    </Form>
  );
}
