import "./letter.css";
import { cleanFile } from "@doorstep/sdk/pictures";
import {
  Alert,
  Button,
  DateField,
  Form,
  Group,
  Select,
  Stack,
  Text,
  Tick,
  Title,
  useErrorText,
  useMutation,
  useQueryClient,
} from "@doorstep/sdk/ui";
import { type ChangeEvent, useId, useState } from "react";
import { isPageType, isReadable, lettersIn, type PageKind, type ScannedPage } from "../scanning/batch.ts";
import { sendLetter } from "../scanning/send-letters.ts";
import { useLetterDesk } from "./words.ts";

const MAX_PAGES = 20;
const MB = 1_024 * 1_024;

interface Days {
  receivedOn: string;
}

const headOf = async (content: Blob): Promise<Uint8Array> => new Uint8Array(await content.slice(0, 8).arrayBuffer());
const today = (): string => new Intl.DateTimeFormat("en-CA").format(new Date());

/** Takes scans or photos, in the order they were chosen, and says where each letter begins. */
export function ScanPart() {
  const { say, rpc, settings } = useLetterDesk();
  const errorText = useErrorText();
  const client = useQueryClient();
  const [pages, setPages] = useState<readonly ScannedPage[]>([]);
  const [refused, setRefused] = useState<readonly string[]>([]);
  const [sent, setSent] = useState(0);
  const add = useMutation(rpc.add.mutationOptions());
  const part = useMutation(rpc.part.mutationOptions());
  const maxMegabytes = settings.maxMegabytes ?? 1;
  const letters = lettersIn(pages);

  const save = useMutation({
    mutationFn: async ({ receivedOn }: Days) => {
      setSent(0);
      for (const letter of letters)
        await sendLetter({ add: add.mutateAsync, part: part.mutateAsync }, { receivedOn, pages: letter }, () =>
          setSent((before) => before + 1),
        );
      return letters.length;
    },
    onSuccess: async () => {
      setPages([]);
      await client.invalidateQueries(rpc.list.queryFilter());
    },
  });

  const take = async (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = [...(event.currentTarget.files ?? [])];
    event.currentTarget.value = "";
    save.reset();
    const problems: string[] = [];
    const added: ScannedPage[] = [];
    for (const file of chosen) {
      const { content, name } = await cleanFile(file, file.name);
      if (!isPageType(content.type)) problems.push(say("scan.wrongType", { name: file.name }));
      else if (!isReadable(content.type, await headOf(content)))
        problems.push(say("scan.unreadable", { name: file.name }));
      else if (content.size > maxMegabytes * MB) problems.push(say("scan.tooLarge", { name, max: maxMegabytes }));
      else added.push({ key: crypto.randomUUID(), name, content, kind: "letter", begins: false });
    }
    setRefused(problems);
    setPages((before) => [...before, ...added]);
  };
  const change = (key: string, to: Partial<ScannedPage>) =>
    setPages((before) => before.map((page) => (page.key === key ? { ...page, ...to } : page)));
  const tooMany = letters.some((letter) => letter.length > MAX_PAGES);

  return (
    <section aria-labelledby="scan" className="ds-panel">
      <Stack>
        <Title order={2} id="scan">
          {say("scan.title")}
        </Title>
        <Text>{say("scan.lead")}</Text>
        <Group>
          <Picker label={say("scan.pick")} onPick={take} />
          <Picker label={say("scan.camera")} camera onPick={take} />
        </Group>
        {refused.map((problem) => (
          <p key={problem} role="alert" className="ds-error">
            {problem}
          </p>
        ))}
        {save.isSuccess && pages.length === 0 && <p role="status">{say("scan.saved", { count: save.data })}</p>}
        {pages.length > 0 && (
          <Form<Days>
            initial={{ receivedOn: today() }}
            onSubmit={(days) => {
              if (!tooMany) save.mutate(days);
            }}
            busy={save.isPending}
            submitLabel={say("scan.save", { count: letters.length })}
            error={save.error ? errorText(save.error) : undefined}
          >
            <ol className="ds-list" aria-label={say("scan.batch")}>
              {pages.map((page, index) => (
                <PageRow
                  key={page.key}
                  page={page}
                  no={index + 1}
                  letter={letters.findIndex((letter) => letter[0]?.key === page.key) + 1}
                  onChange={(to) => change(page.key, to)}
                  onRemove={() => setPages((before) => before.filter((one) => one.key !== page.key))}
                />
              ))}
            </ol>
            {tooMany && <Alert color="red">{say("scan.tooMany", { max: MAX_PAGES })}</Alert>}
            <DateField name="receivedOn" label={say("scan.receivedOn")} required max={today()} />
            {save.isPending && <p role="status">{say("scan.sending", { at: sent + 1, of: pages.length })}</p>}
          </Form>
        )}
      </Stack>
    </section>
  );
}

interface PickerProps {
  readonly label: string;
  readonly camera?: boolean;
  readonly onPick: (event: ChangeEvent<HTMLInputElement>) => Promise<void>;
}

function Picker(props: PickerProps) {
  const id = useId();
  return (
    <span className="ds-picker">
      <input
        id={id}
        type="file"
        multiple
        className="ds-hidden"
        accept={props.camera ? "image/*" : "image/*,application/pdf"}
        {...(props.camera ? { capture: "environment" as const } : {})}
        onChange={(event) => void props.onPick(event)}
      />
      <label htmlFor={id}>{props.label}</label>
    </span>
  );
}

const kinds = ["letter", "envelope", "enclosure"] as const;

interface PageRowProps {
  readonly page: ScannedPage;
  readonly no: number;
  /** which letter begins with it; 0: none */
  readonly letter: number;
  readonly onChange: (to: Partial<ScannedPage>) => void;
  readonly onRemove: () => void;
}

function PageRow(props: PageRowProps) {
  const { say } = useLetterDesk();
  const { page, no, letter } = props;
  return (
    <li className="letter-desk-page">
      {letter > 0 && <Text fw={600}>{say("scan.first", { letter })}</Text>}
      <Group align="end">
        <Select
          name={`kind-${no}`}
          label={say("scan.kind", { no })}
          required
          value={page.kind}
          options={kinds.map((value) => ({ value, label: say(`kind.${value}`) }))}
          onChange={(kind) => kind && props.onChange({ kind: kind as PageKind })}
        />
        <Text size="sm">{page.name}</Text>
        <Button variant="subtle" color="red" aria-label={say("scan.remove", { no })} onClick={props.onRemove}>
          {"×"}
        </Button>
      </Group>
      {no > 1 && (
        <Tick
          name={`begins-${no}`}
          label={say("scan.starts")}
          value={page.begins}
          onChange={(begins) => props.onChange({ begins })}
        />
      )}
    </li>
  );
}
