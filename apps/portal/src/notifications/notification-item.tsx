import type { Notification } from "@doorstep/contracts";
import { Badge, Button, formatInstant } from "@doorstep/ui";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useLanguage } from "../shell/i18n.ts";
import { kernel, kernelClient } from "../shell/rpc.ts";
import { hrefOf, sentenceOf } from "./notification-line.ts";
import { isWord, useWords } from "./words.ts";

/** One thing one was told of. Opening it is reading it. */
export function NotificationItem(props: { readonly item: Notification; readonly onChanged: () => void }) {
  const words = useWords();
  const language = useLanguage();
  const navigate = useNavigate();
  const { item } = props;
  const acknowledge = useMutation(kernel.notifications.acknowledge.mutationOptions({ onSettled: props.onChanged }));
  const href = hrefOf(item);
  const sentence = sentenceOf(item, words, language, isWord);
  const open = async () => {
    if (href === undefined) return;
    // what was opened is read, also where saying so fails
    await kernelClient.notifications.read.mutate({ ids: [item.id] }).catch(() => undefined);
    props.onChanged();
    await navigate({ href });
  };
  return (
    <li className="ds-panel">
      <div className="ds-row ds-row-between">
        <div>
          <p className="ds-row">
            {item.readAt === null && (
              <Badge color="indigo" variant="light" c="dark.9" leftSection={<span aria-hidden="true">●</span>}>
                {words("unread")}
              </Badge>
            )}
            <strong>{sentence}</strong>
          </p>
          {item.title !== null && <p>{item.title}</p>}
          <p className="ds-hint">
            {item.caseNo && <span className="ds-mono">{`${item.caseNo} · `}</span>}
            <time dateTime={item.at}>{formatInstant(item.at, language)}</time>
            {item.acknowledgedAt !== null && ` · ${words("acknowledged")}`}
          </p>
        </div>
        <span className="ds-row">
          {item.mustAcknowledge && item.acknowledgedAt === null && (
            <Button loading={acknowledge.isPending} onClick={() => acknowledge.mutate({ id: item.id })}>
              {words("acknowledge")}
            </Button>
          )}
          {href !== undefined && (
            <Button
              variant="default"
              component="a"
              href={href}
              aria-label={`${words("open")}: ${sentence} ${item.title ?? ""}`.trim()}
              onClick={(event: React.MouseEvent) => {
                if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
                event.preventDefault();
                void open();
              }}
            >
              {words("open")}
            </Button>
          )}
        </span>
      </div>
    </li>
  );
}
