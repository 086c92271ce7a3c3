import type { Text } from "@doorstep/contracts";

/** What the plugin host tells the kernel about a filing channel at a unit. */
export interface ChannelAt {
  /** kept in the case as its tombstone, so that it reads well when the plugin is gone */
  readonly label: Text;
  readonly anonymousAllowed: boolean;
}

export interface Channels {
  /** `null`: not offered at this unit. */
  at(unitId: string, channelKey: string): Promise<ChannelAt | null>;
}
