import {
  Button,
  type CasePartProps,
  EmptyState,
  ErrorState,
  Skeleton,
  Stack,
  useErrorText,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { ApplicationPart } from "./application-part.tsx";
import { MediationStory } from "./mediation-story.tsx";
import { useMediation } from "./words.ts";

/** Point `desk/case-tab@1`: how mediation stands beside this petition. */
export function CaseTab(props: CasePartProps) {
  const { say, rpc, can } = useMediation();
  const { go } = usePage();
  const errorText = useErrorText();
  const { caseId } = props;
  const found = useQuery(rpc.ofCase.queryOptions({ caseId }, { staleTime: 0 }));
  const offer = useQuery(rpc.mayOffer.queryOptions({ caseId }, { staleTime: 0, enabled: can("conduct") }));
  if (found.isError) return <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton lines={3} />;
  const [newest] = found.data;
  const conducts = newest?.mayRenewCode === true;
  return (
    <Stack>
      <ApplicationPart caseId={caseId} />
      {found.data.length === 0 && <EmptyState title={say("tab.none")} />}
      <ul className="ds-list">
        {found.data.map((one) => (
          <li key={one.mediationId} className="ds-panel">
            <MediationStory one={one} />
          </li>
        ))}
      </ul>
      {conducts && (
        <div>
          <Button variant="default" onClick={() => go(`portal:/desk/p/mediation/case/${caseId}`)}>
            {say("conduct.title")}
          </Button>
        </div>
      )}
      {offer.data === true && (
        <div>
          <Button variant="default" onClick={() => go(`portal:/desk/p/mediation/offer/${caseId}`)}>
            {say("offer.title")}
          </Button>
        </div>
      )}
    </Stack>
  );
}
