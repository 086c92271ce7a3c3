import { EmptyState, ErrorState, Screen } from "@doorstep/ui";
import { Link, useRouter } from "@tanstack/react-router";
import { errorNumber, useErrorText } from "./error-text.ts";
import { useText } from "./i18n.ts";

/** A page that broke. */
export function FailedScreen(props: { readonly error: unknown }) {
  const text = useText();
  const errorText = useErrorText();
  const router = useRouter();
  return (
    <Screen title={text("app.failedTitle")}>
      <ErrorState
        title={errorText(props.error)}
        note={text("app.nothingLost")}
        number={errorNumber(props.error)}
        onRetry={() => void router.invalidate()}
      />
    </Screen>
  );
}

/** An address that leads nowhere. */
export function MissingScreen() {
  const text = useText();
  return (
    <Screen title={text("app.missingTitle")}>
      <EmptyState title={text("app.missing")} action={<Link to="/">{text("app.toOverview")}</Link>} />
    </Screen>
  );
}
