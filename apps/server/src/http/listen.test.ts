import { connect } from "node:net";
import { Hono } from "hono";
import { expect, test } from "vitest";
import type { HttpEnv } from "./http-env.ts";
import { listen } from "./listen.ts";

const HOST = "127.0.0.1";
/** Less than what a server that stops gives to requests under way. */
const SOON_MS = 8_000;

test(
  "who has opened a connection and says nothing does not keep a server that stops",
  async () => {
    const server = await listen(new Hono<HttpEnv>(), HOST, 0);
    const silent = connect(server.port, HOST);
    await new Promise((resolve) => silent.once("connect", resolve));
    const hungUp = new Promise((resolve) => silent.once("close", resolve));

    await server.stop();

    await hungUp;
    expect(silent.bytesRead).toBe(0);
  },
  SOON_MS,
);

test(
  "a request under way is finished first, and its connection kept open for no other",
  async () => {
    const begun = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const app = new Hono<HttpEnv>().get("/", async (c) => {
      begun.resolve();
      await goOn.promise;
      return c.text("done");
    });
    const server = await listen(app, HOST, 0);
    const answer = fetch(`http://${HOST}:${server.port}/`);
    await begun.promise;

    const stopped = server.stop();
    goOn.resolve();

    expect(await (await answer).text()).toBe("done");
    await stopped;
  },
  SOON_MS,
);
