import type { Grant } from "@doorstep/contracts";
import { Badge, formatDate } from "@doorstep/ui";
import { useLanguage, useName, useText } from "../app/i18n.ts";
import { useNames } from "../names/use-names.ts";

/** One grant in words: role, unit, reach, from when until when, by whom. */
export function GrantLine(props: { readonly grant: Grant }) {
  const text = useText();
  const name = useName();
  const names = useNames();
  const language = useLanguage();
  const { grant } = props;
  const parts = [
    text(grant.subtree ? "people.below" : "people.onlyHere"),
    text("people.from", { date: formatDate(grant.from, language) }),
    grant.until ? text("people.until", { date: formatDate(grant.until, language) }) : text("people.noEnd"),
    ...(grant.grantedBy ? [text("people.grantedBy", { name: grant.grantedBy })] : []),
  ];
  return (
    <p className="ad-line">
      <strong>{text("people.grantLine", { role: names.role(grant.role), unit: name(grant.unitName) })}</strong>{" "}
      {grant.pending && (
        <Badge color="orange" c="dark.9" leftSection={<span aria-hidden="true">{"◐"}</span>}>
          {text("people.pending")}
        </Badge>
      )}
      <br />
      <span className="ds-hint">{parts.join(" · ")}</span>
    </p>
  );
}
