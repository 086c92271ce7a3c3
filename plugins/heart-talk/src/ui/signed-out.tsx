import { Anchor, EmptyState, Screen } from "@doorstep/sdk/ui";
import { useTalks } from "./words.ts";

/** Talks are somebody's own: without knowing who it is there is nothing to show. */
export function SignedOut(props: { readonly to: string }) {
  const { say } = useTalks();
  return (
    <Screen title={say("title")}>
      <EmptyState
        title={say("signIn")}
        action={<Anchor href={`/sign-in?to=${encodeURIComponent(props.to)}`}>{say("signInAction")}</Anchor>}
      />
    </Screen>
  );
}
