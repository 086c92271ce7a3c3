import { Badge, Button, formatDate, formatInstant, formatNumber, Screen } from "@doorstep/ui";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLanguage, useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { LocalLink } from "../app/local-link.tsx";
import { kernel } from "../app/rpc.ts";
import { itemLine, type OverviewItem } from "./item-line.ts";

/** A1: what needs an administrator, worst first; when nothing does, one line. */
export function OverviewScreen() {
  const text = useText();
  const language = useLanguage();
  const overview = useQuery(kernel.overview.get.queryOptions({}));
  return (
    <Screen title={text("overview.title")} width="wide">
      <Loaded query={overview}>
        {(data) => (
          <>
            {data.items.length === 0 ? (
              <p className="ad-well">
                <span aria-hidden="true">{"✓ "}</span>
                {text("overview.allWell")}
              </p>
            ) : (
              <section aria-label={text("overview.attention")}>
                <ul className="ds-list">
                  {data.items.map((item) => (
                    <Item key={`${item.code}.${item.unit?.id ?? JSON.stringify(item.params)}`} item={item} />
                  ))}
                </ul>
              </section>
            )}
            <p className="ds-hint">
              {[
                text("overview.checkedAt", { at: formatInstant(data.checkedAt, language) }),
                text("overview.counts", {
                  units: formatNumber(data.units, language),
                  people: formatNumber(data.people, language),
                  modules: formatNumber(data.modules, language),
                }),
                text("overview.version", { version: data.version }),
              ].join(" · ")}
            </p>
          </>
        )}
      </Loaded>
    </Screen>
  );
}

function RetryNews(props: { readonly about: string }) {
  const text = useText();
  const client = useQueryClient();
  const retry = useMutation(
    kernel.notifications.retryParked.mutationOptions({
      onSettled: () => client.invalidateQueries({ queryKey: kernel.overview.get.queryKey() }),
    }),
  );
  return (
    <Button
      variant="default"
      loading={retry.isPending}
      aria-label={`${text("overview.retryNews")}: ${props.about}`}
      onClick={() => retry.mutate({})}
    >
      {text("overview.retryNews")}
    </Button>
  );
}

function Item(props: { readonly item: OverviewItem }) {
  const text = useText();
  const name = useName();
  const language = useLanguage();
  const { item } = props;
  const line = itemLine(item, { text, name, language, date: (date) => formatDate(date, language) });
  const red = item.level === "red";
  return (
    <li className={red ? "ds-panel ds-panel-danger" : "ds-panel ds-panel-warn"}>
      <div className="ds-row ds-row-between">
        <div>
          <Badge
            color={red ? "red" : "orange"}
            c="dark.9"
            leftSection={<span aria-hidden="true">{red ? "●" : "◐"}</span>}
          >
            {text(red ? "overview.urgent" : "overview.soon")}
          </Badge>
          <p className="ad-line">{line.text}</p>
          {line.note && <p className="ds-hint">{line.note}</p>}
        </div>
        {line.press && <RetryNews about={line.text} />}
        {line.to && (
          <LocalLink href={line.to} aria-label={`${text("overview.open")}: ${line.text}`}>
            {text("overview.open")}
          </LocalLink>
        )}
      </div>
    </li>
  );
}
