import { Form, formatInstant, Stack, Text, TextArea, useErrorText, useMutation, useQuery } from "@doorstep/sdk/ui";
import { useState } from "react";
import { useMediation } from "./words.ts";

/** What the petitioner asked for, until mediation is offered or he is told why not. */
export function ApplicationPart(props: { readonly caseId: string }) {
  const { say, rpc, language, timeZone } = useMediation();
  const errorText = useErrorText();
  const { caseId } = props;
  const [done, setDone] = useState<string>();
  const found = useQuery(rpc.application.queryOptions({ caseId }, { staleTime: 0 }));
  const decline = useMutation(
    rpc.decline.mutationOptions({
      onSuccess: () => {
        setDone(say("application.declined"));
        void found.refetch();
      },
    }),
  );
  const asked = found.data;
  return (
    <>
      <div role="status">{done}</div>
      {asked && (
        <section className="ds-panel">
          <Stack gap="sm">
            <Text fw={600}>{say("application.title")}</Text>
            <Text>
              {say("application.at", { on: formatInstant(asked.askedAt, language, timeZone), words: asked.dispute })}
            </Text>
            {asked.mayAnswer && (
              <Form
                initial={{ answer: "" }}
                submitLabel={say("application.send")}
                busy={decline.isPending}
                error={decline.isError ? errorText(decline.error) : undefined}
                onSubmit={({ answer }) => decline.mutate({ applicationId: asked.applicationId, answer })}
              >
                <TextArea
                  name="answer"
                  label={say("application.decline")}
                  hint={say("application.declineHint")}
                  rows={2}
                  maxLength={500}
                  required
                />
              </Form>
            )}
          </Stack>
        </section>
      )}
    </>
  );
}
