import { categories, intakeChannels } from "@doorstep/contracts";
import { Button, Group, Select, useMediaQuery } from "@doorstep/ui";
import { type FormEvent, type RefObject, useState } from "react";
import { useDesk } from "../desk-context.ts";
import type { QueueFilter } from "../place.ts";
import { nameOf, useDeskText } from "../text.ts";

interface QueueFiltersProps {
  readonly filter: QueueFilter;
  readonly searchField: RefObject<HTMLInputElement | null>;
}

/** Search and filters; every choice goes to the address. */
export function QueueFilters(props: QueueFiltersProps) {
  const { text } = useDeskText();
  const { go } = useDesk();
  const { filter } = props;
  const [words, setWords] = useState(filter.q ?? "");
  const change = (part: Partial<QueueFilter>) =>
    go({ page: "queue", filter: { ...filter, q: undefined, ...part } }, { replace: true });
  const search = (event: FormEvent) => {
    event.preventDefault();
    const q = words.trim();
    go({ page: "queue", filter: { ...filter, q: q === "" ? undefined : q } });
  };
  const wide = useMediaQuery("(min-width: 48em)", undefined, { getInitialValueInEffect: false });
  const narrowed = Boolean(filter.unit ?? filter.category ?? filter.channel ?? filter.q);

  return (
    <div className="desk-filters ds-no-print">
      <search>
        <form onSubmit={search} className="desk-search">
          <label htmlFor="desk-search">{text("desk.queue.search")}</label>
          <span className="desk-search-box">
            <input
              ref={props.searchField}
              id="desk-search"
              type="search"
              value={words}
              maxLength={100}
              autoComplete="off"
              placeholder={text("desk.queue.searchHint")}
              onChange={(event) => setWords(event.currentTarget.value)}
            />
            <Button type="submit" variant="default">
              {text("desk.queue.find")}
            </Button>
          </span>
        </form>
      </search>
      <details className="desk-more-filters" open={wide || narrowed || undefined}>
        <summary>{text("desk.queue.filters")}</summary>
        <Group gap="sm" align="flex-end" className="desk-filter-row">
          <Select
            name="category"
            label={text("desk.queue.category")}
            options={categories.map((value) => ({ value, label: nameOf(text, "category", value) }))}
            value={filter.category ?? ""}
            onChange={(value) => change({ category: categories.find((one) => one === value) })}
          />
          <Select
            name="channel"
            label={text("desk.queue.channel")}
            options={intakeChannels.map((value) => ({ value, label: nameOf(text, "channel", value) }))}
            value={filter.channel ?? ""}
            onChange={(value) => change({ channel: intakeChannels.find((one) => one === value) })}
          />
          {narrowed && (
            <Button
              variant="subtle"
              onClick={() => {
                setWords("");
                go({ page: "queue", filter: { view: filter.view, order: filter.order, columns: filter.columns } });
              }}
            >
              {text("desk.queue.clear")}
            </Button>
          )}
        </Group>
      </details>
    </div>
  );
}
