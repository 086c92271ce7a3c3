import { EmptyState, ErrorState, Skeleton, Stack, Title, useErrorText } from "@doorstep/sdk/ui";
import { type ReactNode, useId } from "react";
import { useBarometer } from "./words.ts";

interface Asked<T> {
  readonly data: T | undefined;
  readonly isError: boolean;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

interface TileProps<T> {
  readonly title: string;
  readonly asked: Asked<T>;
  /** Whether there is anything in it. */
  readonly isEmpty: (data: T) => boolean;
  /** @defaultValue that there is too little to go by yet */
  readonly empty?: string;
  readonly children: (data: T) => ReactNode;
}

/** A part of the page: what fails says so, and the rest stays. */
export function Tile<T>({ title, asked, isEmpty, empty, children }: TileProps<T>) {
  const { say } = useBarometer();
  const errorText = useErrorText();
  const heading = useId();
  return (
    <section className="ds-panel" aria-labelledby={heading}>
      <Stack gap="sm">
        <Title order={2} id={heading}>
          {title}
        </Title>
        {asked.isError && (
          <ErrorState title={say("failed", { why: errorText(asked.error) })} onRetry={() => void asked.refetch()} />
        )}
        {!asked.isError && asked.data === undefined && <Skeleton lines={4} />}
        {!asked.isError &&
          asked.data !== undefined &&
          (isEmpty(asked.data) ? <EmptyState title={empty ?? say("tooEarly")} /> : children(asked.data))}
      </Stack>
    </section>
  );
}
