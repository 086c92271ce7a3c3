import { EmptyState } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { useName, useText } from "../app/i18n.ts";
import { Loaded } from "../app/loaded.tsx";
import { kernel } from "../app/rpc.ts";

/** The ways in at the unit, as petitioners see them. */
export function ChannelsTab(props: { readonly unitId: string }) {
  const text = useText();
  const name = useName();
  const registry = useQuery(kernel.registry.forUnit.queryOptions({ unitId: props.unitId }));
  return (
    <section aria-label={text("units.channels")}>
      <Loaded query={registry}>
        {({ channels }) =>
          channels.length === 0 ? (
            <EmptyState title={text("units.noChannels")} />
          ) : (
            <ul className="ad-rows">
              {channels.map((channel) => (
                <li key={channel.key}>
                  <strong>{name(channel.title)}</strong>
                  <span className="ds-hint">
                    {` · ${text(channel.anonymousAllowed ? "units.anonymousYes" : "units.anonymousNo")}`}
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}
