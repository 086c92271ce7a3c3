import {
  Alert,
  Button,
  ConfirmDialog,
  ErrorState,
  formatBytes,
  formatInstant,
  Group,
  Screen,
  Select,
  Skeleton,
  Stack,
  TakeDown,
  Text,
  useErrorText,
  useMutation,
  usePage,
  useQuery,
  useQueryClient,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { type Shown, useMailIn } from "./words.ts";

/** Point `desk/page@1`: one message beside the desk's own form. */
export function MailPage() {
  const { rpc, say } = useMailIn();
  const { params } = usePage();
  const errorText = useErrorText();
  const mailId = params.mailId ?? "";
  // It is gone from the waiting ones once it is registered; what stands on the screen stays.
  const found = useQuery(rpc.get.queryOptions({ mailId }, { staleTime: Number.POSITIVE_INFINITY, retry: false }));
  if (!found.data)
    return (
      <Screen title={say("mail.title")} width="wide">
        {found.isError ? (
          <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />
        ) : (
          <Skeleton lines={8} />
        )}
      </Screen>
    );
  return <OneMail key={mailId} mail={found.data} />;
}

interface MailProps {
  readonly mail: Shown;
}

/** The form has room for so much; the rest is in the original. */
const TITLE = 120;

function OneMail(props: MailProps) {
  const { say, rpc } = useMailIn();
  const { go } = usePage();
  const client = useQueryClient();
  const { mail } = props;
  const file = useMutation(
    rpc.file.mutationOptions({ onSuccess: () => client.invalidateQueries(rpc.list.queryFilter()) }),
  );
  return (
    <Screen title={say("mail.title")} width="wide">
      <Stack gap="lg">
        {mail.became === "reply" && !file.isSuccess && <Answers mail={mail} />}
        <TakeDown
          via="letter"
          draft={`mail-in:${mail.mailId}`}
          initial={{
            receivedOn: mail.receivedOn,
            contact: mail.address,
            title: mail.subject.slice(0, TITLE),
            body: mail.text ?? "",
          }}
          submitLabel={say("mail.submit")}
          aside={<MailText mail={mail} />}
          onFile={(taken) => file.mutateAsync({ mailId: mail.mailId, taken })}
          filedNote={() => <Button onClick={() => go("/")}>{say("mail.toList")}</Button>}
        />
        {!file.isSuccess && <Discard mailId={mail.mailId} />}
      </Stack>
    </Screen>
  );
}

function MailText(props: MailProps) {
  const { say, language } = useMailIn();
  const { mail } = props;
  const rows = [
    [say("mail.from"), mail.from || say("list.noSender")],
    [say("mail.subject"), mail.subject || say("list.noSubject")],
    [say("mail.arrivedAt"), formatInstant(mail.arrivedAt, language)],
  ] as const;
  return (
    <section aria-label={say("mail.text")} className="ds-panel">
      {mail.reason !== null && <Alert>{say(`reason.${mail.reason}`)}</Alert>}
      <dl>
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {mail.text === null ? (
        <p>{say("mail.noText")}</p>
      ) : (
        <p style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>{mail.text}</p>
      )}
      {mail.cut && <p>{say("mail.cut")}</p>}
      {mail.files.length > 0 && (
        <>
          <h2>{say("mail.files")}</h2>
          <ul className="ds-list">
            {mail.files.map((one, no) => (
              <Attachment key={no} mailId={mail.mailId} no={no} {...one} />
            ))}
          </ul>
        </>
      )}
      <Text size="sm">{say("mail.original")}</Text>
    </section>
  );
}

interface AttachmentProps {
  readonly mailId: string;
  readonly no: number;
  readonly name: string;
  readonly size: number;
}

/** Saved as a file: nothing that strangers send is opened in the page. */
function Attachment(props: AttachmentProps) {
  const { say, rpc, language } = useMailIn();
  const errorText = useErrorText();
  const client = useQueryClient();
  const { mailId, no, name, size } = props;
  const save = useMutation({
    mutationFn: async () => {
      const pieces: Uint8Array<ArrayBuffer>[] = [];
      for (let part = 0, parts = 1; part < parts; part += 1) {
        const piece = await client.fetchQuery(
          rpc.attachment.queryOptions({ mailId, no, part }, { staleTime: 0, gcTime: 0 }),
        );
        ({ parts } = piece);
        pieces.push(Uint8Array.from(atob(piece.data), (one) => one.codePointAt(0) ?? 0));
      }
      const href = URL.createObjectURL(new Blob(pieces, { type: "application/octet-stream" }));
      Object.assign(document.createElement("a"), { href, download: name }).click();
      // the download has its own hold on the content by then
      setTimeout(() => URL.revokeObjectURL(href), 60_000);
    },
  });
  return (
    <li style={{ overflowWrap: "anywhere" }}>
      {name}
      {" · "}
      {formatBytes(size, language)}{" "}
      <Button
        variant="subtle"
        aria-label={say("mail.saveOne", { name })}
        loading={save.isPending}
        onClick={() => save.mutate()}
      >
        {say("mail.save")}
      </Button>
      {save.error && <p role="alert">{errorText(save.error)}</p>}
    </li>
  );
}

/** A message that answers a petition: it belongs into that file, or is a petition of its own. */
function Answers(props: MailProps) {
  const { say, rpc } = useMailIn();
  const { go } = usePage();
  const errorText = useErrorText();
  const client = useQueryClient();
  const { mailId, petition } = props.mail;
  const lay = useMutation(
    rpc.lay.mutationOptions({
      onSuccess: async () => {
        await client.invalidateQueries(rpc.list.queryFilter());
        go("/");
      },
    }),
  );
  if (petition === null) return <Alert>{say("mail.answersHidden")}</Alert>;
  return (
    <section className="ds-panel">
      <Text fw={600}>{say("mail.answers", { title: petition.title, caseNo: petition.caseNo })}</Text>
      <Text size="sm">{say("mail.layNote")}</Text>
      <Group>
        <Button loading={lay.isPending} onClick={() => lay.mutate({ mailId })}>
          {say("mail.lay")}
        </Button>
      </Group>
      {lay.error && <p role="alert">{errorText(lay.error)}</p>}
    </section>
  );
}

const reasons = ["advertising", "noPetition", "unreadable", "elsewhere"] as const;

function Discard(props: { readonly mailId: string }) {
  const { say, rpc } = useMailIn();
  const { go } = usePage();
  const errorText = useErrorText();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [chosen, setChosen] = useState("");
  const reason = reasons.find((one) => one === chosen);
  const discard = useMutation(
    rpc.discard.mutationOptions({
      onSuccess: async () => {
        await client.invalidateQueries(rpc.list.queryFilter());
        go("/");
      },
    }),
  );
  return (
    <div>
      <Button variant="subtle" color="red" onClick={() => setAsking(true)}>
        {say("discard.open")}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={say("discard.title")}
        confirmLabel={say("discard.confirm")}
        danger
        onConfirm={() => reason && discard.mutate({ mailId: props.mailId, reason })}
        onClose={() => setAsking(false)}
        busy={discard.isPending}
      >
        <Stack>
          <p>{say("discard.note")}</p>
          <Select
            name="reason"
            label={say("discard.reason")}
            required
            options={reasons.map((one) => ({ value: one, label: say(`discard.${one}`) }))}
            value={chosen}
            onChange={setChosen}
          />
          {discard.error && <p role="alert">{errorText(discard.error)}</p>}
        </Stack>
      </ConfirmDialog>
    </div>
  );
}
