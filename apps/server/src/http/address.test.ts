import { describe, expect, it } from "vitest";
import { clientAddress, createOriginHash, type Peer, transportOf } from "./address.ts";

const peer = (more: Partial<Peer> = {}): Peer => ({
  remote: "203.0.113.7",
  host: "door.example",
  forwardedFor: undefined,
  forwardedProto: undefined,
  ...more,
});
const direct = { trustProxy: 0, publicUrl: undefined };

describe("who asks", () => {
  it("is the other end of the connection, whatever a header claims", () => {
    expect(clientAddress(peer({ forwardedFor: "198.51.100.1" }), direct)).toBe("203.0.113.7");
  });
  it("is what our own proxies wrote down, never what stands left of it", () => {
    const forwardedFor = "10.9.9.9, 198.51.100.1, 192.0.2.8";
    expect(clientAddress(peer({ forwardedFor }), { ...direct, trustProxy: 1 })).toBe("192.0.2.8");
    expect(clientAddress(peer({ forwardedFor }), { ...direct, trustProxy: 2 })).toBe("198.51.100.1");
    expect(clientAddress(peer({ forwardedFor: "" }), { ...direct, trustProxy: 2 })).toBe("203.0.113.7");
  });
  it("is one for a household's network and for IPv4 in other clothes", () => {
    const of = (remote: string) => clientAddress(peer({ remote }), direct);
    expect(of("2001:db8:1:2:aaaa::1")).toBe(of("2001:db8:1:2:bbbb::2"));
    expect(of("2001:db8:1:3::1")).not.toBe(of("2001:db8:1:2::1"));
    expect(of("::ffff:203.0.113.7")).toBe("203.0.113.7");
  });
  it("is forgotten with the hour", () => {
    let now = new Date("2026-05-04T08:10:00Z");
    const originOf = createOriginHash(() => now);
    const first = originOf("203.0.113.7");
    now = new Date("2026-05-04T08:59:59Z");
    expect(originOf("203.0.113.7")).toBe(first);
    expect(originOf("203.0.113.8")).not.toBe(first);
    now = new Date("2026-05-04T09:00:00Z");
    expect(originOf("203.0.113.7")).not.toBe(first);
    expect(createOriginHash(() => now)("203.0.113.7")).not.toBe(originOf("203.0.113.7"));
  });
});

describe("how he asks", () => {
  const home = { remote: "127.0.0.1", host: "localhost:3000" };
  it.each([
    ["from this machine", home, direct, { https: false, loopback: true }],
    ["from this machine by another name", { ...home, host: "door.example" }, direct, { https: false, loopback: false }],
    [
      "through a proxy on this machine that nobody told us of",
      { ...home, forwardedFor: "203.0.113.7" },
      direct,
      { https: false, loopback: false },
    ],
    [
      "from elsewhere to a name that means this machine there",
      { host: "localhost" },
      direct,
      { https: false, loopback: false },
    ],
    ["claiming https to nobody who trusts it", { forwardedProto: "https" }, direct, { https: false, loopback: false }],
    [
      "through our proxy by https",
      { forwardedProto: "https" },
      { ...direct, trustProxy: 1 },
      { https: true, loopback: false },
    ],
    [
      "through our proxy by http, after a claim",
      { forwardedProto: "https, http" },
      { ...direct, trustProxy: 1 },
      { https: false, loopback: false },
    ],
    [
      "by the public https address",
      {},
      { ...direct, publicUrl: "https://door.example" },
      { https: true, loopback: false },
    ],
    [
      "past the public https address",
      { host: "10.0.0.5:3000" },
      { ...direct, publicUrl: "https://door.example" },
      { https: false, loopback: false },
    ],
  ] as const)("is told: %s", (_name, more, rules, expected) => {
    expect(transportOf(peer(more), rules)).toEqual(expected);
  });
});
