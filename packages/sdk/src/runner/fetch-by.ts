import type { PluginFetch } from "../capabilities.ts";

/** One request as it crosses to the host. */
export interface HttpAsked {
  readonly url: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/** And its answer. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Answers that have no body at all. */
const BARE = [204, 205, 304];

/** `ctx.fetch` over the host's own exchange. */
export const fetchBy =
  (exchange: (asked: HttpAsked) => Promise<HttpAnswer>): PluginFetch =>
  async (url, { method, headers, body } = {}) => {
    const { status, ...answer } = await exchange({
      url: String(url),
      ...(method !== undefined && { method }),
      ...(headers && { headers: { ...headers } }),
      ...(body !== undefined && { body: typeof body === "string" ? new TextEncoder().encode(body) : body }),
    });
    const bytes = BARE.includes(status) ? null : new Uint8Array(answer.body);
    return new Response(bytes, { status, headers: { ...answer.headers } });
  };
