import { randomUUIDv7 } from "node:crypto";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import type { ExtensionPoint } from "../points.ts";
import { REQUEST_ID } from "../server/plugin-rpc.ts";
import type { AnyPluginServer } from "../server/plugin-server.ts";
import { answerTo } from "./answer-to.ts";
import { carryError, errorFrom } from "./carry-error.ts";
import { fetchBy } from "./fetch-by.ts";
import type { CallData, FromPlugin, Port, ToPlugin } from "./messages.ts";

/** Half of what a plugin's login may hold, so that the next version can start beside this one. */
const CONNECTIONS = 2;

type Ask = (call: number, name: string, args: readonly unknown[]) => Promise<unknown>;

/** `cases.get` as `{ cases: { get } }`, each asking the host. */
function functionsOf(call: number, names: readonly string[], ask: Ask): Record<string, Record<string, unknown>> {
  const parts: Record<string, Record<string, unknown>> = {};
  for (const name of names) {
    const [group = "", leaf = ""] = name.split(".");
    parts[group] = { ...parts[group], [leaf]: (...args: readonly unknown[]) => ask(call, name, args) };
  }
  return parts;
}

interface ContributedNames {
  readonly key: string;
  readonly plugin: string;
  readonly data: unknown;
  readonly names: readonly string[];
}

const contributionsBy = (call: number, ask: Ask) => async (point: ExtensionPoint<unknown, unknown>) => {
  const found = (await ask(call, "contributions", [point.id])) as readonly ContributedNames[];
  return found.map(({ names, ...one }) => ({
    ...one,
    call: Object.fromEntries(
      names.map((name) => [name, (input: unknown) => ask(call, "contribution", [point.id, one.key, name, input])]),
    ),
  }));
};

interface Scene {
  readonly server: AnyPluginServer;
  readonly db: object;
  readonly ask: Ask;
  readonly log: (level: "info" | "warn", message: string, facts: Readonly<Record<string, unknown>>) => void;
}

function contextOf(scene: Scene, call: number, data: CallData, signal: AbortSignal): Record<string | symbol, unknown> {
  const { settings } = scene.server.plugin;
  const parsed = settings?.safeParse(data.settings);
  const { http, ...functions } = functionsOf(call, data.functions, scene.ask);
  return {
    ...functions,
    ...(http && { fetch: fetchBy(http.exchange as never) }),
    ...scene.db,
    unit: data.unit,
    settings: parsed?.success ? parsed.data : data.settings,
    signal,
    now: data.now,
    newId: () => randomUUIDv7(),
    log: {
      info: (message: string, facts = {}) => scene.log("info", message, facts),
      warn: (message: string, facts = {}) => scene.log("warn", message, facts),
    },
    contributions: contributionsBy(call, scene.ask),
    user: data.user,
    can: (permission: string) => data.permissions.includes(permission),
    [REQUEST_ID]: data.requestId,
  };
}

const readyOf = ({ part }: AnyPluginServer): FromPlugin => ({
  type: "ready",
  policyPacks: part.policyPacks ?? [],
  calendars: part.calendars ?? [],
  extend: (part.extend ?? []).map(({ point, key, data, calls }) => ({ point, key, data, names: Object.keys(calls) })),
});

/**
 * The plugin's end of protocol 1, in a thread or process of its own. `doorstep build` puts it into every archive, so that
 * host and plugin share messages and no code.
 */
export function runPlugin(server: AnyPluginServer, port: Port<FromPlugin, ToPlugin>): void {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const running = new Map<number, AbortController>();
  let asks = 0;
  let db: object = {};

  const ask: Ask = (call, name, args) => {
    asks += 1;
    const reply = Promise.withResolvers<unknown>();
    waiting.set(asks, reply);
    port.post({ type: "ask", ask: asks, call, name, args });
    return reply.promise;
  };
  const settle = (id: number, how: (reply: PromiseWithResolvers<unknown>) => void): void => {
    const reply = waiting.get(id);
    waiting.delete(id);
    if (reply) how(reply);
  };
  const answer = async ({ call, asked, data }: ToPlugin & { type: "call" }): Promise<void> => {
    const stop = new AbortController();
    running.set(call, stop);
    const scene: Scene = {
      server,
      db,
      ask,
      log: (level, message, facts) => port.post({ type: "log", level, message, facts }),
    };
    try {
      const ctx = data && contextOf(scene, call, data, stop.signal);
      port.post({ type: "done", call, value: await answerTo(server, asked, ctx) });
    } catch (error) {
      port.post({ type: "failed", call, error: carryError(error) });
    } finally {
      running.delete(call);
    }
  };
  port.onMessage((message) => {
    switch (message.type) {
      case "begin": {
        if (message.database !== null)
          db = { db: drizzle(new pg.Pool({ connectionString: message.database, max: CONNECTIONS })) };
        port.post(readyOf(server));
        return;
      }
      case "call":
        void answer(message);
        return;
      case "stop":
        running.get(message.call)?.abort();
        return;
      case "answer":
        settle(message.ask, (reply) => reply.resolve(message.value));
        return;
      case "refuse":
        settle(message.ask, (reply) => reply.reject(errorFrom(message.error)));
        return;
    }
  });
}
