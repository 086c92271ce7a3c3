import {
  Button,
  ErrorState,
  formatDate,
  formatInstant,
  Skeleton,
  Stack,
  Text,
  useErrorText,
  useMutation,
  useQuery,
  useQueryClient,
} from "@doorstep/sdk/ui";
import type { oneMatter } from "../matters/read.ts";
import { LetterLinks } from "./letter-links.tsx";
import { useSupervision } from "./words.ts";

export type WholeMatter = NonNullable<Awaited<ReturnType<typeof oneMatter>>>;

/** What the higher steps have left: interviews, circulars, and how a listed matter stands. */
export function FollowupLines({ matter }: { readonly matter: WholeMatter }) {
  const { say } = useSupervision();
  return (
    <>
      {matter.letters.length > 0 && (
        <section aria-label={say("letters.title")}>
          <h2>{say("letters.title")}</h2>
          <LetterLinks letters={matter.letters} />
        </section>
      )}
      {matter.interviews.length > 0 && (
        <section aria-label={say("followup.interviews")}>
          <h2>{say("followup.interviews")}</h2>
          {matter.interviews.map((one) => (
            <Interview key={one.interviewId} one={one} />
          ))}
        </section>
      )}
      {matter.circulars.length > 0 && (
        <section aria-label={say("followup.circulars")}>
          <h2>{say("followup.circulars")}</h2>
          {matter.circulars.map((one) => (
            <Circular key={one.circularId} one={one} />
          ))}
        </section>
      )}
      {matter.listing && <Listing listing={matter.listing} />}
    </>
  );
}

function Interview({ one }: { readonly one: WholeMatter["interviews"][number] }) {
  const { say, language } = useSupervision();
  const day = (on: string) => formatDate(on, language);
  const separator = language === "en" ? ", " : "、";
  const by = one.by.length > 0 ? one.by : [say("followup.above")];
  return (
    <div className="ds-panel">
      <Text fw={600}>{say("followup.held", { on: day(one.heldOn), leader: one.leader ?? say("followup.above") })}</Text>
      <Text size="sm">{say("followup.by", { names: by.join(separator) })}</Text>
      <Text className="ds-text">{one.points}</Text>
      <ul>
        {one.promises.map(({ words, dueOn }) => (
          <li key={`${dueOn} ${words}`}>{say("followup.promised", { words, on: day(dueOn) })}</li>
        ))}
      </ul>
    </div>
  );
}

function Circular({ one }: { readonly one: WholeMatter["circulars"][number] }) {
  const { say, language } = useSupervision();
  return (
    <div className="ds-panel">
      <Text fw={600}>{one.title}</Text>
      <Text size="sm">{formatInstant(one.sentAt, language)}</Text>
      <Text className="ds-text">{one.words}</Text>
      <ul>
        {one.units.map(({ unit, readAt }) => (
          <li key={unit?.en}>
            {readAt === null
              ? say("followup.unread", { unit: unit?.[language] ?? "" })
              : say("followup.read", { unit: unit?.[language] ?? "", at: formatInstant(readAt, language) })}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Listing({ listing }: { readonly listing: NonNullable<WholeMatter["listing"]> }) {
  const { say, language } = useSupervision();
  const { hasLetter, noticedOn, noticeNo, noticeBack, passed, found, checkedOn } = listing;
  const day = (on: string) => formatDate(on, language);
  const letter =
    noticedOn === null
      ? say(noticeBack ? "followup.noticeBack" : "followup.noticeWaits")
      : say("followup.noticed", { number: noticeNo ?? "", on: day(noticedOn) });
  return (
    <section aria-label={say("followup.listing")}>
      <h2>{say("followup.listing")}</h2>
      <Text>{say("followup.responsible", { name: listing.leader ?? say("followup.above") })}</Text>
      {hasLetter && <Text>{letter}</Text>}
      {passed !== null && checkedOn && (
        <Text className="ds-text">
          {say("followup.checked", {
            ...{ on: day(checkedOn), words: found ?? "" },
            result: say(passed ? "followup.passed" : "followup.notPassed"),
          })}
        </Text>
      )}
    </section>
  );
}

/** Circulars that have come in for the unit; each is confirmed once. */
export function CircularsHere() {
  const { say, rpc, language } = useSupervision();
  const errorText = useErrorText();
  const client = useQueryClient();
  const found = useQuery(rpc.circulars.queryOptions(undefined, { staleTime: 0 }));
  const confirm = useMutation(rpc.confirmRead.mutationOptions({ onSuccess: () => client.invalidateQueries() }));
  return (
    <section aria-label={say("followup.here")}>
      <Stack>
        <h2>{say("followup.here")}</h2>
        {found.isPending && <Skeleton lines={2} />}
        {found.isError && <ErrorState title={errorText(found.error)} onRetry={() => void found.refetch()} />}
        {found.data?.length === 0 && <Text>{say("followup.noneHere")}</Text>}
        {confirm.isError && <ErrorState title={errorText(confirm.error)} onRetry={() => confirm.reset()} />}
        <ul className="ds-list">
          {found.data?.map((one) => (
            <li key={one.circularId} className="ds-panel">
              <Text fw={600}>{one.title}</Text>
              <Text size="sm">
                {say("followup.from", {
                  ...{ unit: one.from?.[language] ?? "", at: formatInstant(one.sentAt, language) },
                })}
              </Text>
              <Text className="ds-text">{one.words}</Text>
              <LetterLinks letters={one.letters} />
              {one.readAt === null ? (
                <Button
                  loading={confirm.isPending}
                  onClick={() => confirm.mutate({ circularId: one.circularId })}
                  aria-label={`${say("followup.confirm")} ${one.title}`}
                >
                  {say("followup.confirm")}
                </Button>
              ) : (
                <Text size="sm">{say("followup.confirmed", { at: formatInstant(one.readAt, language) })}</Text>
              )}
            </li>
          ))}
        </ul>
      </Stack>
    </section>
  );
}
