import {
  Alert,
  Button,
  EmptyState,
  ErrorState,
  Form,
  Group,
  Screen,
  Select,
  Skeleton,
  Stack,
  Text,
  TextField,
  useErrorText,
  useMutation,
  useQuery,
} from "@doorstep/sdk/ui";
import { useState } from "react";
import { OwnKeys, PartnerKeys } from "./keys-part.tsx";
import { PartnerNetwork } from "./network-part.tsx";
import { useReferral } from "./words.ts";

const CODE = /^[A-Za-z0-9-]{2,40}$/;
const kinds = ["superior", "sister", "civil"] as const;

/** Who petitions come from and go to, and the keys with which civil offices call. */
export default function PartnersPage() {
  const { say, rpc, addressOf } = useReferral();
  const errorText = useErrorText();
  const [shown, setShown] = useState<{ readonly partnerId: string; readonly key: string } | null>(null);
  const list = useQuery(rpc.partners.queryOptions(undefined, { staleTime: 0 }));
  const refresh = (): void => void list.refetch();
  const newKey = useMutation(
    rpc.newKey.mutationOptions({
      onSuccess: ({ key }, { partnerId }) => {
        setShown({ partnerId, key });
        refresh();
      },
    }),
  );
  const end = useMutation(rpc.endPartner.mutationOptions({ onSuccess: refresh }));
  const failure = newKey.error ?? end.error;
  return (
    <Screen title={say("partners.title")} width="wide">
      <Stack gap="lg">
        <Text>{say("partners.intro")}</Text>
        <Text size="sm">
          {say("partners.address")} <span className="ds-mono">{addressOf("open311")}</span>
        </Text>
        <OwnKeys />
        {list.isPending && <Skeleton lines={5} />}
        {list.isError && <ErrorState title={errorText(list.error)} onRetry={refresh} />}
        {failure && (
          <Alert color="red" role="alert" className="ds-alert">
            {errorText(failure)}
          </Alert>
        )}
        {list.data?.length === 0 && <EmptyState title={say("partners.none")} />}
        <ul className="ds-list">
          {(list.data ?? []).map((one) => (
            <li key={one.partnerId} className="ds-panel">
              <Stack gap="xs">
                <Text fw={600}>{one.name}</Text>
                <Text size="sm">
                  <span className="ds-mono">{one.code}</span> · {say(`kind.${one.kind}`)} ·{" "}
                  {one.ended ? say("partners.ended") : say(one.hasKey ? "partners.hasKey" : "partners.noKey")}
                  {one.mayPack && <> · {say("partners.mayPack")}</>}
                </Text>
                {shown?.partnerId === one.partnerId && (
                  <Alert role="status">
                    {say("partners.keyOnce")} <span className="ds-mono">{shown.key}</span>
                  </Alert>
                )}
                {!one.ended && (
                  <Group>
                    <Button
                      variant="default"
                      loading={newKey.isPending}
                      aria-label={say("partners.newKeyFor", { name: one.name })}
                      onClick={() => newKey.mutate({ partnerId: one.partnerId })}
                    >
                      {say("partners.newKey")}
                    </Button>
                    <Button
                      variant="default"
                      loading={end.isPending}
                      aria-label={say("partners.endFor", { name: one.name })}
                      onClick={() => end.mutate({ partnerId: one.partnerId })}
                    >
                      {say("partners.end")}
                    </Button>
                  </Group>
                )}
                {!one.ended && <PartnerKeys partnerId={one.partnerId} name={one.name} onDone={refresh} />}
                {!one.ended && one.mayPack && <PartnerNetwork partner={one} onDone={refresh} />}
              </Stack>
            </li>
          ))}
        </ul>
        <AddPartner onDone={refresh} />
      </Stack>
    </Screen>
  );
}

function AddPartner({ onDone }: { readonly onDone: () => void }) {
  const { say, rpc } = useReferral();
  const errorText = useErrorText();
  const [partnerId, setPartnerId] = useState(() => crypto.randomUUID());
  const add = useMutation(
    rpc.addPartner.mutationOptions({
      onSuccess: () => {
        setPartnerId(crypto.randomUUID());
        onDone();
      },
    }),
  );
  return (
    <section aria-labelledby="add-partner">
      <h2 id="add-partner">{say("partners.add")}</h2>
      <Form
        key={partnerId}
        initial={{ name: "", code: "", kind: "civil" }}
        validate={({ name, code }) => ({
          ...(name.trim().length < 2 ? { name: say("partners.nameShort") } : {}),
          ...(CODE.test(code.trim()) ? {} : { code: say("partners.codeWrong") }),
        })}
        submitLabel={say("partners.add")}
        busy={add.isPending}
        error={add.isError ? errorText(add.error) : undefined}
        onSubmit={({ name, code, kind }) =>
          add.mutate({ partnerId, name, code: code.trim(), kind: kinds.find((one) => one === kind) ?? "civil" })
        }
      >
        <TextField name="name" label={say("partners.name")} required maxLength={100} />
        <TextField name="code" label={say("partners.code")} hint={say("partners.codeHint")} required maxLength={40} />
        <Select
          name="kind"
          label={say("partners.kind")}
          options={kinds.map((value) => ({ value, label: say(`kind.${value}`) }))}
        />
      </Form>
    </section>
  );
}
