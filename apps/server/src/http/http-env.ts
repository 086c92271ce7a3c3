import type { Env as HonoEnv } from "hono";

/** What the first middlewares find out about a request, for everybody after them. */
export interface RequestFacts {
  readonly requestId: string;
  /** keyed hash of the address with a key of this hour that lives in memory: for limits only */
  readonly origin: string;
  /** the browser speaks https to us or to a proxy we trust */
  readonly https: boolean;
  /** both ends are this machine: nothing can be overheard */
  readonly loopback: boolean;
  /** goes into the policy header and the page that is sent with it */
  readonly nonce: string;
}

export interface HttpEnv extends HonoEnv {
  Variables: { readonly facts: RequestFacts };
}
