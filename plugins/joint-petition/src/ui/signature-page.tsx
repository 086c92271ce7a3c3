import { ErrorState, Screen, Skeleton, Stack, useErrorText, usePage, useQuery } from "@doorstep/sdk/ui";
import { SignedOut } from "./signed-out.tsx";
import { SignedPart } from "./signed-part.tsx";
import { useJoint } from "./words.ts";
import { WordsPanel } from "./words-panel.tsx";

/** What one signed by one's account. */
export default function SignaturePage() {
  const { say, rpc, user } = useJoint();
  const { params, go } = usePage();
  const errorText = useErrorText();
  const draftId = params.draftId ?? "";
  const found = useQuery({
    ...rpc.signature.queryOptions({ draftId }, { staleTime: 0, retry: false }),
    enabled: user !== null,
  });
  if (!user) return <SignedOut to={`/p/joint-petition/signed/${draftId}`} />;
  return (
    <Screen title={say("signed.title")}>
      <Stack gap="lg">
        {found.isPending && <Skeleton lines={5} />}
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {found.data?.words && (
          <>
            <WordsPanel words={found.data.words} standing={found.data} />
            <SignedPart
              pass={{ draftId }}
              represents={found.data.represents}
              agreedByMe={found.data.agreedByMe}
              onAgree={() => void found.refetch()}
              onGone={() => go("/", { replace: true })}
            />
          </>
        )}
      </Stack>
    </Screen>
  );
}
