import { Anchor, ErrorState, formatNumber, Skeleton, Stack, Text, useErrorText, useQuery } from "@doorstep/sdk/ui";
import type { IndicatorCode } from "../facts/things.ts";
import { useIndicators } from "./words.ts";

/** The three a leader looks at: how many came in, how many were answered in time, how many were content. */
const shown = [
  { code: "I7", label: "today.registered", of: "count" },
  { code: "I2", label: "name.I2", of: "share" },
  { code: "I5", label: "name.I5", of: "share" },
] as const;

interface Part {
  readonly above: number;
  readonly below: number;
}

/** A count, or a share in percent; `null` where there is nothing to count, or too much to ask. */
function numberOf(part: Part | null | undefined, of: "count" | "share"): number | null {
  if (!part) return null;
  if (of === "count") return part.below;
  return part.below === 0 ? null : Math.round((part.above / part.below) * 1_000) / 10;
}

const monthBefore = (month: string): string =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)) - 2, 1)).toISOString().slice(0, 7);

/** Point `leader/widget@1`: three numbers of this month by what the reader may open, each with its change and its list. */
export function TodayWidget() {
  const { say, rpc, language } = useIndicators();
  const errorText = useErrorText();
  const today = useQuery(rpc.today.queryOptions(undefined, { staleTime: 0 }));
  const month = today.data?.slice(0, 7) ?? "";
  const asked = (of: string) => rpc.month.queryOptions({ month: of, below: true }, { enabled: month !== "" });
  const now = useQuery(asked(month));
  const last = useQuery(asked(month && monthBefore(month)));
  const failed = today.error ?? now.error ?? last.error;
  if (failed)
    return (
      <ErrorState
        title={errorText(failed)}
        onRetry={() => {
          for (const one of [today, now, last]) void one.refetch();
        }}
      />
    );
  if (!(now.data && last.data)) return <Skeleton lines={3} />;
  const partOf = (of: typeof now.data, code: IndicatorCode) => of.indicators.find((one) => one.code === code)?.live;
  return (
    <Stack>
      {shown.map(({ code, label, of }) => {
        const [value, earlier] = [numberOf(partOf(now.data, code), of), numberOf(partOf(last.data, code), of)];
        const words = (number: number) => `${formatNumber(number, language)}${of === "share" ? "%" : ""}`;
        return (
          <div key={code}>
            <Anchor href={`/desk/p/indicators/${month}/below/${code}`}>{say(label)}</Anchor>
            <Text fw={700} size="xl">
              {value === null ? say("nothing") : words(value)}
            </Text>
            <Text size="sm">
              {earlier === null ? say("today.noLast") : say("today.last", { value: words(earlier) })}
            </Text>
          </div>
        );
      })}
    </Stack>
  );
}
