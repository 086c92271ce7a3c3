import { type Kernel, type LiveViewer, loadActor } from "@doorstep/kernel";
import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import { findSession, SESSION_COOKIE } from "../accounts/find-session.ts";
import { CODE_COOKIE } from "../http/code-cookie.ts";
import { heldByCode } from "../http/held-by-code.ts";
import type { HttpEnv } from "../http/http-env.ts";
import type { LiveHub, LiveScreen } from "./live-hub.ts";
import { resumeFrom, resumeToken } from "./resume-token.ts";

export interface LiveRouteOptions {
  readonly kernel: Kernel;
  readonly hub: LiveHub;
  /** signs the session cookie */
  readonly secret: string;
  readonly codeCookieKey: Buffer;
  readonly tokenKey: Buffer;
}

/** A reader that does not take this many messages has gone to sleep. */
const MOST_WAITING = 64;
/** Then the browser comes again by itself, with the cookies it has by then. */
const LIFE_MS = 30 * 60_000;
const RETRY_MS = 3_000;

interface Found extends LiveViewer {
  readonly sessionId: string | undefined;
}

/** Who holds these cookies now. Listening is no use of a session: it does not keep one alive. */
async function viewerOf(
  { kernel, secret, codeCookieKey }: LiveRouteOptions,
  cookies: { readonly session: string | undefined; readonly code: string | undefined },
): Promise<Found | undefined> {
  const now = kernel.now();
  const session = await findSession(kernel.pool, secret, cookies.session, now, { touch: false });
  const actor =
    session && session.restriction === undefined ? await loadActor(kernel, session.personId, now) : undefined;
  const codeCaseId = (await heldByCode(kernel, codeCookieKey, cookies.code))?.caseId;
  if (!actor && codeCaseId === undefined) return undefined;
  return { actor, codeCaseId, sessionId: actor && session?.id };
}

const eventOf = (name: string, data: unknown, id: string): string =>
  `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

/**
 * `GET /rpc/live`: server-sent events for whoever is signed in or has posted a return code: ids of what changed, each
 * of which he may see. 204 for everybody else, after which a browser does not come again.
 */
export function liveRoute(options: LiveRouteOptions): (c: Context<HttpEnv>) => Promise<Response> {
  const { kernel, tokenKey, hub } = options;
  return async (c) => {
    const cookies = { session: getCookie(c, SESSION_COOKIE), code: getCookie(c, CODE_COOKIE) };
    const viewer = await viewerOf(options, cookies);
    c.header("Cache-Control", "no-store");
    if (!viewer || c.req.method !== "GET") return c.body(null, 204);
    const asked = c.req.header("last-event-id");
    const from = resumeFrom(tokenKey, asked, kernel.now());
    const stream = openStream();
    const screen: LiveScreen = {
      viewer: async () => {
        const now = await viewerOf(options, cookies);
        return now?.sessionId === viewer.sessionId ? now : undefined;
      },
      sessionId: viewer.sessionId,
      send: (message, upTo) => stream.write(eventOf("news", message, resumeToken(tokenKey, upTo, kernel.now()))),
      beat: () => void stream.write(": \n\n"),
      close: stream.close,
    };
    // away for too long, or by a token of another house: everything may be another
    const hello = asked !== undefined && from === undefined ? "reset" : "hello";
    stream.write(`retry: ${RETRY_MS}\n${eventOf(hello, {}, asked !== undefined && from !== undefined ? asked : "")}`);
    const remove = await hub.add(screen, viewer, from);
    if (!remove) return c.body(null, 204);
    const end = setTimeout(stream.close, LIFE_MS);
    stream.onClose(() => {
      clearTimeout(end);
      remove();
    });
    c.header("Content-Type", "text/event-stream; charset=utf-8");
    c.header("X-Accel-Buffering", "no");
    return c.body(stream.readable);
  };
}

/** Bytes to one browser; closed by either side, once. */
function openStream() {
  const encoder = new TextEncoder();
  const closing: (() => void)[] = [];
  const state: { controller?: ReadableStreamDefaultController<Uint8Array>; closed: boolean } = { closed: false };
  const done = (): void => {
    if (state.closed) return;
    state.closed = true;
    for (const then of closing) then();
  };
  const readable = new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        state.controller = controller;
      },
      cancel: done,
    },
    new CountQueuingStrategy({ highWaterMark: MOST_WAITING }),
  );
  return {
    readable,
    onClose: (then: () => void) => {
      if (state.closed) then();
      else closing.push(then);
    },
    write(text: string): boolean {
      if (state.closed || (state.controller?.desiredSize ?? 0) <= 0) return false;
      state.controller?.enqueue(encoder.encode(text));
      return true;
    },
    close(): void {
      if (state.closed) return;
      done();
      state.controller?.close();
    },
  };
}
