import { EmptyState, Screen, Text, useErrorText, useMutation, usePage } from "@doorstep/sdk/ui";
import { channelTexts, silentTitle } from "../matters/channels.ts";
import { useSupervision } from "./words.ts";
import { WordsForm } from "./words-form.tsx";

/** A warning of the barometer is handed over: its unit is asked why a way in went quiet. */
export default function SilentPage() {
  const { say, rpc, language } = useSupervision();
  const { params, go } = usePage();
  const errorText = useErrorText();
  const raise = useMutation(
    rpc.raiseSilent.mutationOptions({ onSuccess: ({ matterId }) => go(`/m/${matterId}`, { replace: true }) }),
  );
  const { warningId = "", aboutUnit = "", channel = "" } = params;
  const isKnown = Object.hasOwn(channelTexts, channel);
  return (
    <Screen title={silentTitle(channel)?.[language] ?? say("silent.title")}>
      {isKnown ? (
        <>
          <Text>{say("silent.intro")}</Text>
          <WordsForm
            label={say("silent.words")}
            submitLabel={say("raise.send")}
            busy={raise.isPending}
            error={raise.isError ? errorText(raise.error) : undefined}
            onSubmit={(why) => raise.mutate({ warningId, aboutUnit, channel, why })}
          />
        </>
      ) : (
        <EmptyState title={say("silent.unknown")} />
      )}
    </Screen>
  );
}
