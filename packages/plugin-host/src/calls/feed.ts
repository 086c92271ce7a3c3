import { DoorstepError } from "@doorstep/contracts";
import { readFeed } from "@doorstep/kernel";
import type { CapabilityApi, FeedPage } from "@doorstep/sdk";
import type { Grantor } from "./capabilities.ts";
import { isHostRequest } from "./host-request.ts";

const PAGE = { usual: 500, most: 2_000 } as const;

/** The ledger's facts, for a module's own repeated work alone: nobody reads by it what he may not see. */
export const feedOf = ({ request }: Grantor): CapabilityApi["feed"] => ({
  feed: {
    read: async (after, limit = PAGE.usual) => {
      if (!isHostRequest(request)) throw new DoorstepError("forbidden");
      const page = await readFeed(request.kernel, after, Math.min(Math.max(Math.trunc(limit) || 1, 1), PAGE.most));
      return page as FeedPage;
    },
  },
});
