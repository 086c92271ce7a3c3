import { Form, TextField, useErrorText, useMutation, useQuery } from "@doorstep/sdk/ui";
import { useTalks } from "./words.ts";

/** How the talk officer is introduced to those who look for somebody to talk with. */
export function Introduction() {
  const { say, rpc } = useTalks();
  const errorText = useErrorText();
  const own = useQuery(rpc.introduction.queryOptions(undefined, { staleTime: 0 }));
  const keep = useMutation(rpc.introduce.mutationOptions({ onSuccess: () => void own.refetch() }));
  if (!own.data) return null;
  return (
    <div className="ds-panel">
      <Form
        initial={own.data}
        submitLabel={say("work.meSave")}
        busy={keep.isPending}
        error={keep.isError ? errorText(keep.error) : undefined}
        onSubmit={({ words }) => keep.mutate({ words: words.trim() })}
      >
        <TextField name="words" label={say("work.me")} hint={say("work.meHint")} maxLength={30} />
      </Form>
      {keep.isSuccess && <p role="status">{say("talk.done")}</p>}
    </div>
  );
}
