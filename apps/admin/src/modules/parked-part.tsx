import type { ParkedEvents } from "@doorstep/contracts";
import { Button, formatInstant } from "@doorstep/ui";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLanguage, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel } from "../app/rpc.ts";

/** What one module failed to hear of, and a way to have it told again. */
export function ParkedPart(props: { readonly pluginId: string }) {
  const text = useText();
  const parked = useQuery(kernel.modules.parked.queryOptions({}));
  return (
    <section aria-labelledby="parked">
      <h2 id="parked">{text("modules.parked.title")}</h2>
      <Loaded query={parked} lines={1}>
        {(all) => {
          const one = all.find(({ pluginId }) => pluginId === props.pluginId);
          return one ? <Parked parked={one} /> : <p>{text("modules.parked.none")}</p>;
        }}
      </Loaded>
    </section>
  );
}

function Parked(props: { readonly parked: ParkedEvents[number] }) {
  const text = useText();
  const language = useLanguage();
  const client = useQueryClient();
  const { pluginId, waiting, givenUp, since } = props.parked;
  const retry = useMutation(
    kernel.modules.retryParked.mutationOptions({
      onSettled: () => client.invalidateQueries({ queryKey: kernel.modules.parked.queryKey() }),
    }),
  );
  return (
    <>
      <p>{text("modules.parked.waiting", { count: waiting, at: formatInstant(since, language) })}</p>
      <p className="ds-hint">
        {text(givenUp > 0 ? "modules.parked.givenUp" : "modules.parked.again", { count: givenUp })}
      </p>
      <Button variant="default" loading={retry.isPending} onClick={() => retry.mutate({ pluginId })}>
        {text("modules.parked.retry")}
      </Button>
    </>
  );
}
