import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, test } from "vitest";
import { listeners, portOwner, portTakenMessage } from "../port-owner.mjs";

const TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0000000000000000 100 0 0 10 0
   1: 0100007F:0BB8 0100007F:D431 01 00000000:00000000 00:00000000 00000000     0        0 4712 1 0000000000000000 20 4 30 10 -1
   2: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4713 1 0000000000000000 100 0 0 10 0`;

test("only sockets that listen on exactly this port count", () => {
  expect(listeners(TABLE, 3000)).toEqual(["4711"]);
  expect(listeners(TABLE, 8080)).toEqual(["4713"]);
  expect(listeners(TABLE, 80)).toEqual([]);
});

test.each(["127.0.0.1", "::"])("names the process that listens on %s", async (host) => {
  const server = createServer().listen(0, host);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  const owner = portOwner(port);
  server.close();
  await once(server, "close");

  expect(owner?.pid).toBe(process.pid);
  expect(portOwner(port)).toBeUndefined();
});

test("the message names the process and the way out", () => {
  expect(portTakenMessage(3000, { pid: 42, command: "node main.ts" })).toBe(
    "Port 3000 is taken by process 42 (node main.ts). Stop it (kill 42) or choose another port: PORT=3001 npm start",
  );
});
