import "./letter.css";
import {
  Button,
  ConfirmDialog,
  DateField,
  ErrorState,
  formatDate,
  Group,
  Screen,
  Skeleton,
  Stack,
  TakeDown,
  useErrorText,
  useMutation,
  usePage,
  useQuery,
  useQueryClient,
} from "@doorstep/sdk/ui";
import { Fragment, useState } from "react";
import { LetterPictures } from "./letter-pictures.tsx";
import { useLetterDesk } from "./words.ts";

/** Point `desk/page@1`: one letter beside the desk's own form. */
export function RegisterPage() {
  const { rpc, say } = useLetterDesk();
  const { params } = usePage();
  const errorText = useErrorText();
  const letterId = params.letterId ?? "";
  // It is gone from the waiting ones once it is registered; what stands on the screen stays.
  const found = useQuery(rpc.get.queryOptions({ letterId }, { staleTime: Number.POSITIVE_INFINITY, retry: false }));
  if (!found.data)
    return (
      <Screen title={say("list.title")} width="wide">
        {found.isError ? (
          <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />
        ) : (
          <Skeleton lines={8} />
        )}
      </Screen>
    );
  return <RegisterLetter key={letterId} {...found.data} />;
}

interface RegisterLetterProps {
  readonly letterId: string;
  readonly no: string;
  readonly receivedOn: string;
  readonly pages: readonly {
    readonly pageId: string;
    readonly kind: "envelope" | "letter" | "enclosure";
    readonly type: string;
    readonly whole: boolean;
  }[];
}

function RegisterLetter(props: RegisterLetterProps) {
  const { say, rpc, settings } = useLetterDesk();
  const client = useQueryClient();
  const { letterId } = props;
  const file = useMutation(
    rpc.file.mutationOptions({ onSuccess: () => client.invalidateQueries(rpc.list.queryFilter()) }),
  );
  return (
    <Screen title={say("register.title", { no: props.no })} width="wide">
      <Stack gap="lg">
        <TakeDown
          via="letter"
          draft={`letter-desk:${letterId}`}
          initial={{ receivedOn: props.receivedOn }}
          submitLabel={say("register.submit")}
          codeOnPaper={settings.sharedPrinter !== true}
          aside={<LetterPictures letterId={letterId} pages={props.pages} />}
          fields={
            <DateField name="postedOn" label={say("scan.postedOn")} hint={say("scan.postedHint")} required={false} />
          }
          onFile={(taken, _key, { postedOn }) =>
            file.mutateAsync({ letterId, taken, postedOn: typeof postedOn === "string" && postedOn ? postedOn : null })
          }
          filedNote={() => <Slip {...props} postedOn={file.variables?.postedOn ?? null} />}
        />
        {!file.isSuccess && <Discard letterId={letterId} />}
      </Stack>
    </Screen>
  );
}

/** What is laid to the paper original. */
function Slip(props: RegisterLetterProps & { readonly postedOn: string | null }) {
  const { say, rpc, language } = useLetterDesk();
  const { go } = usePage();
  const list = useQuery(rpc.list.queryOptions());
  const next = list.data?.waiting.find((one) => one.whole && one.letterId !== props.letterId);
  const rows = [
    [say("slip.no"), props.no],
    [say("slip.receivedOn"), formatDate(props.receivedOn, language)],
    [say("slip.postedOn"), props.postedOn === null ? say("slip.unknown") : formatDate(props.postedOn, language)],
    [say("slip.pages"), String(props.pages.length)],
    [say("slip.signed"), "＿＿＿＿＿＿＿＿"],
  ] as const;
  return (
    <div className="letter-desk-slip">
      <h3>{say("slip.title")}</h3>
      <dl>
        {rows.map(([label, value]) => (
          <Fragment key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
      </dl>
      <p>{say("slip.original")}</p>
      <Group className="ds-no-print">
        {next && <Button onClick={() => go(`/${next.letterId}`)}>{say("register.again")}</Button>}
        <Button variant="default" onClick={() => go("/")}>
          {say("register.toList")}
        </Button>
      </Group>
    </div>
  );
}

function Discard(props: { readonly letterId: string }) {
  const { say, rpc } = useLetterDesk();
  const { go } = usePage();
  const errorText = useErrorText();
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
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
        {say("register.discard")}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={say("register.discardTitle")}
        confirmLabel={say("register.discard")}
        danger
        onConfirm={() => discard.mutate({ letterId: props.letterId })}
        onClose={() => setAsking(false)}
        busy={discard.isPending}
      >
        {say("register.discardNote")}
        {discard.error && <p role="alert">{errorText(discard.error)}</p>}
      </ConfirmDialog>
    </div>
  );
}
