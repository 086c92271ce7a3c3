import { ErrorState, Skeleton } from "@doorstep/ui";
import type { ReactNode } from "react";
import { errorNumber, useErrorText } from "./error-text.ts";
import { useText } from "./i18n.ts";

interface Asked<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly isError: boolean;
  readonly refetch: () => unknown;
}

interface LoadedProps<T> {
  readonly query: Asked<T>;
  readonly lines?: number;
  readonly children: (data: T) => ReactNode;
}

/** What was asked for, or that it is coming, or why it failed. Old data stay while new ones come. */
export function Loaded<T>(props: LoadedProps<T>) {
  const text = useText();
  const errorText = useErrorText();
  const { query } = props;
  if (query.data !== undefined) return <>{props.children(query.data)}</>;
  if (!query.isError) return <Skeleton lines={props.lines ?? 6} />;
  return (
    <ErrorState
      title={errorText(query.error)}
      note={text("app.nothingLost")}
      number={errorNumber(query.error)}
      onRetry={() => void query.refetch()}
    />
  );
}

/** A form that starts from something asked for appears once it is here: what is typed must not be replaced by it. */
export function Ready(props: { readonly waitFor: Asked<unknown> | undefined; readonly children: ReactNode }) {
  if (!props.waitFor) return <>{props.children}</>;
  return <Loaded query={props.waitFor}>{() => props.children}</Loaded>;
}
