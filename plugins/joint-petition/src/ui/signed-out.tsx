import { Anchor, EmptyState, Screen } from "@doorstep/sdk/ui";
import { useJoint } from "./words.ts";

/** Whoever begins a joint petition is its petitioner: without an account there is nobody to answer. */
export function SignedOut(props: { readonly to: string }) {
  const { say } = useJoint();
  return (
    <Screen title={say("title")}>
      <EmptyState
        title={say("signIn")}
        action={<Anchor href={`/sign-in?to=${encodeURIComponent(props.to)}`}>{say("signInAction")}</Anchor>}
      />
    </Screen>
  );
}
