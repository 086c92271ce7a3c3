import {
  Button,
  DateField,
  Group,
  Screen,
  Stack,
  TakeDown,
  Text,
  TextField,
  useErrorText,
  useMutation,
  useQueryClient,
} from "@doorstep/sdk/ui";
import { useEffect, useState } from "react";
import { useHotline } from "./words.ts";

interface CallPartProps {
  readonly callId: string;
  readonly no: number;
  readonly beganAt: string;
  readonly isBeginning: boolean;
  readonly onNext: () => void;
  /** the receiver is down and nothing was registered */
  readonly onEnded: () => void;
}

const words = (value: unknown): string => (typeof value === "string" ? value.trim() : "");

/** The call that is on: what to ask, and the desk's own form with the focus in it. */
export function CallPart(props: CallPartProps) {
  const { say, rpc, settings } = useHotline();
  const client = useQueryClient();
  const { callId, no } = props;
  const file = useMutation(
    rpc.file.mutationOptions({ onSuccess: () => client.invalidateQueries(rpc.today.queryFilter()) }),
  );
  return (
    <Screen title={say("call.title", { no })} width="wide">
      <Stack gap="lg">
        {!file.isSuccess && <Timer since={props.beganAt} />}
        <TakeDown
          via="phone"
          draft={`hotline:${callId}`}
          autoFocus
          submitLabel={say("call.submit")}
          codeOnPaper={settings.sharedPrinter !== true}
          fields={
            <>
              <TextField
                name="recording"
                label={say("call.recording")}
                hint={say("call.recordingHint")}
                required={false}
                maxLength={40}
              />
              <DateField
                name="callBackOn"
                label={say("call.callBackOn")}
                hint={say("call.callBackHint")}
                required={false}
              />
            </>
          }
          aside={<Script />}
          onFile={(taken, _key, more) =>
            file.mutateAsync({
              callId,
              taken,
              recording: words(more.recording),
              callBackOn: words(more.callBackOn) || null,
            })
          }
          filedNote={() => (
            <Stack>
              {file.data?.callBack === "kept" && <p role="status">{say("call.kept")}</p>}
              {file.data?.callBack === "refused" && (
                <p role="alert" className="ds-error">
                  {say("call.refused")}
                </p>
              )}
              <Group className="ds-no-print">
                <Button loading={props.isBeginning} onClick={props.onNext}>
                  {say("call.next")}
                </Button>
              </Group>
            </Stack>
          )}
        />
        {!file.isSuccess && <Ends callId={callId} onEnded={props.onEnded} />}
      </Stack>
    </Screen>
  );
}

/** In minutes and seconds; not read out, since it would talk into the call. */
function Timer(props: { readonly since: string }) {
  const { say } = useHotline();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const ticking = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(ticking);
  }, []);
  const seconds = Math.max(0, Math.floor((now - Date.parse(props.since)) / 1_000));
  return (
    <Text fw={600} aria-live="off">
      {say("call.time", { minutes: Math.floor(seconds / 60), seconds: String(seconds % 60).padStart(2, "0") })}
    </Text>
  );
}

const questions = ["safety", "name", "what", "read", "code", "back"] as const;

function Script() {
  const { say, settings } = useHotline();
  return (
    <section aria-labelledby="script" className="ds-panel">
      <h2 id="script">{say("script.title")}</h2>
      <p>{settings.greeting}</p>
      <ol>
        {questions.map((question) => (
          <li key={question}>{say(`script.${question}`)}</li>
        ))}
      </ol>
    </section>
  );
}

const endings = ["answered", "wrong", "broken"] as const;

function Ends(props: { readonly callId: string; readonly onEnded: () => void }) {
  const { say, rpc } = useHotline();
  const errorText = useErrorText();
  const end = useMutation(rpc.end.mutationOptions({ onSuccess: props.onEnded }));
  return (
    <Group>
      <Text>{say("call.end")}</Text>
      {endings.map((outcome) => (
        <Button
          key={outcome}
          variant="default"
          disabled={end.isPending}
          onClick={() => end.mutate({ callId: props.callId, outcome })}
        >
          {say(`call.${outcome}`)}
        </Button>
      ))}
      {end.error && (
        <p role="alert" className="ds-error">
          {errorText(end.error)}
        </p>
      )}
    </Group>
  );
}
