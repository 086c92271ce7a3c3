import {
  Button,
  ErrorState,
  RadioCards,
  Screen,
  SignaturePad,
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
import { useVisitDesk } from "./words.ts";

/** Point `desk/page@1`: what is said in the room, read back and signed. */
export function TalkPage() {
  const { say, rpc } = useVisitDesk();
  const { params } = usePage();
  const errorText = useErrorText();
  const visitId = params.visitId ?? "";
  // It is over once it is registered; what stands on the screen stays.
  const found = useQuery(rpc.get.queryOptions({ visitId }, { staleTime: Number.POSITIVE_INFINITY, retry: false }));
  if (found.data) return <Talk key={visitId} {...found.data} />;
  return (
    <Screen title={say("hall.title")} width="wide">
      {found.isError ? (
        <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />
      ) : (
        <Skeleton lines={8} />
      )}
    </Screen>
  );
}

interface TalkProps {
  readonly visitId: string;
  readonly no: number;
  readonly safety: boolean;
  readonly headcount: number;
}

function Talk(props: TalkProps) {
  const { say, rpc, settings } = useVisitDesk();
  const { go } = usePage();
  const client = useQueryClient();
  const { visitId, no, safety, headcount } = props;
  const [confirmed, setConfirmed] = useState<"glass" | "paper">("glass");
  const [signature, setSignature] = useState<string | null>(null);
  const file = useMutation(
    rpc.file.mutationOptions({ onSuccess: () => client.invalidateQueries(rpc.today.queryFilter()) }),
  );
  return (
    <Screen title={say("talk.title", { no })} width="wide">
      <Stack gap="lg">
        {!file.isSuccess && <Text className="ds-no-print">{say("talk.lead")}</Text>}
        <TakeDown
          via="visit"
          draft={`visit-desk:${visitId}`}
          initial={{ urgentSafety: safety, headcount }}
          submitLabel={say("talk.submit")}
          codeOnPaper={settings.sharedPrinter !== true}
          fields={
            <>
              <RadioCards
                name="confirmed"
                label={say("talk.confirmed")}
                required
                value={confirmed}
                onChange={(how) => setConfirmed(how === "paper" ? "paper" : "glass")}
                cards={[
                  { value: "glass", label: say("talk.glass") },
                  { value: "paper", label: say("talk.paper"), note: say("talk.paperNote") },
                ]}
              />
              {confirmed === "glass" && (
                <SignaturePad
                  label={say("talk.sign")}
                  hint={say("talk.signHint")}
                  isSigned={signature !== null}
                  onChange={setSignature}
                />
              )}
            </>
          }
          onFile={(taken) =>
            file.mutateAsync({ visitId, taken, confirmed, signature: confirmed === "glass" ? signature : null })
          }
          filedNote={() => (
            <div className="ds-no-print">
              <Button onClick={() => go("/")}>{say("talk.toHall")}</Button>
            </div>
          )}
        />
      </Stack>
    </Screen>
  );
}
