import {
  Button,
  type CasePartProps,
  ErrorState,
  formatDate,
  Skeleton,
  Stack,
  Text,
  Title,
  useErrorText,
  usePage,
  useQuery,
} from "@doorstep/sdk/ui";
import { useLetterDesk } from "./words.ts";

/** Point `desk/case-tab@1`: how the petition came by post, and what went back by post. */
export function LetterTab(props: CasePartProps) {
  const { say, rpc, language, can } = useLetterDesk();
  const { go } = usePage();
  const errorText = useErrorText();
  const { caseId } = props;
  const found = useQuery(rpc.ofCase.queryOptions({ caseId }));
  if (found.isError) return <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton lines={3} />;
  const { letter, postings } = found.data;
  return (
    <Stack>
      <Text>{say("tab.lead")}</Text>
      {letter === null && <p>{say("tab.none")}</p>}
      {letter && (
        <dl>
          <dt>{say("slip.no")}</dt>
          <dd className="ds-mono">{letter.no}</dd>
          <dt>{say("slip.receivedOn")}</dt>
          <dd>{formatDate(letter.receivedOn, language)}</dd>
          <dt>{say("slip.postedOn")}</dt>
          <dd>{letter.postedOn === null ? say("slip.unknown") : formatDate(letter.postedOn, language)}</dd>
          <dt>{say("slip.pages")}</dt>
          <dd>{letter.pages}</dd>
        </dl>
      )}
      <Title order={2}>{say("tab.posted")}</Title>
      {postings.length === 0 && <p>{say("tab.nothing")}</p>}
      <ul className="ds-list">
        {postings.map((one) => (
          <li key={one.postingId}>
            {say("tab.postedOn", { on: formatDate(one.postedOn, language), tracking: one.tracking })}
          </li>
        ))}
      </ul>
      {can("post") && (
        <div>
          <Button variant="default" onClick={() => go(`portal:/desk/p/letter-desk/post/${caseId}`)}>
            {say("tab.answer")}
          </Button>
        </div>
      )}
    </Stack>
  );
}
