import { FailedPage, MissingPage } from "@doorstep/ui";
import { Link, useRouter } from "@tanstack/react-router";
import { errorNumber, useErrorText } from "./error-text.ts";
import { useText } from "./i18n.ts";

/** A page of the administration that broke. */
export function FailedScreen(props: { readonly error: unknown }) {
  const text = useText();
  const errorText = useErrorText();
  const router = useRouter();
  return (
    <FailedPage
      title={text("app.failedTitle")}
      sentence={errorText(props.error)}
      note={text("app.nothingLost")}
      number={errorNumber(props.error)}
      onRetry={() => void router.invalidate()}
    />
  );
}

/** An address of the administration that leads nowhere. */
export function MissingScreen() {
  const text = useText();
  return (
    <MissingPage
      title={text("app.missingTitle")}
      sentence={text("app.missing")}
      home={<Link to="/">{text("app.toOverview")}</Link>}
    />
  );
}
