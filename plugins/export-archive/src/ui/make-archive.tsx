import {
  Alert,
  Button,
  type CaseActionProps,
  Form,
  formatBytes,
  RadioCards,
  Stack,
  Text,
  useErrorText,
  useKernel,
  useMutation,
  usePlugin,
} from "@doorstep/sdk/ui";
import { plugin } from "../plugin.ts";
import type zh from "./zh-CN.json";

const purposes = ["filing", "review", "superior", "court"] as const;
const locales = ["zh-CN", "en"] as const;

interface Values {
  readonly purpose: (typeof purposes)[number];
  readonly locale: (typeof locales)[number];
}

function save(fileName: string, base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  const address = URL.createObjectURL(new Blob([bytes], { type: "application/pdf" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
}

/** Asks what for and in which language, makes the file, and names what has to be put beside it. */
export function MakeArchive({ caseId, onDone }: CaseActionProps) {
  const { t, language } = usePlugin(plugin);
  const say = (key: keyof typeof zh | `purposes.${Values["purpose"]}`, values?: Record<string, string | number>) =>
    t(key, values);
  const kernel = useKernel();
  const errorText = useErrorText();
  const make = useMutation(
    kernel.cases.wholeFile.mutationOptions({ onSuccess: ({ fileName, pdf }) => save(fileName, pdf) }),
  );
  if (make.data)
    return (
      <Stack gap="lg">
        <Alert color="teal" role="status">
          {say("done", { name: make.data.fileName })}
        </Alert>
        {make.data.beside.length > 0 && (
          <section aria-label={say("beside")}>
            <Text fw={600}>{say("beside")}</Text>
            <p>{say("besideHow")}</p>
            <ul>
              {make.data.beside.map((file) => (
                <li key={file.id} style={{ overflowWrap: "anywhere" }}>
                  {file.name} · {formatBytes(file.size, language)}
                </li>
              ))}
            </ul>
          </section>
        )}
        <Button onClick={onDone}>{say("close")}</Button>
      </Stack>
    );
  const initial = { purpose: "", locale: language } as unknown as Values;
  return (
    <Form<Values>
      initial={initial}
      submitLabel={say("make")}
      busy={make.isPending}
      error={make.isError ? errorText(make.error) : undefined}
      onSubmit={(values) => make.mutate({ caseId, ...values })}
    >
      <p>{say("lead")}</p>
      <RadioCards
        name="purpose"
        label={say("purpose")}
        cards={purposes.map((value) => ({ value, label: say(`purposes.${value}`) }))}
        required
      />
      <RadioCards
        name="locale"
        label={say("language")}
        cards={locales.map((value) => ({ value, label: value === "en" ? "English" : "中文" }))}
        required
      />
    </Form>
  );
}
