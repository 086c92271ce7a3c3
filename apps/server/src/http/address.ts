import { createHmac, randomBytes } from "node:crypto";
import { isLoopbackHost } from "../env.ts";

const HOUR_MS = 3_600_000;

/**
 * Makes names for addresses that hold for one hour and mean nothing afterwards: the key lives in memory only, so that
 * neither a log nor a dump of the database tells who asked.
 */
export function createOriginHash(now: () => Date): (address: string) => string {
  let hour = -1;
  let key = randomBytes(32);
  return (address) => {
    const current = Math.floor(now().getTime() / HOUR_MS);
    if (current !== hour) {
      hour = current;
      key = randomBytes(32);
    }
    return createHmac("sha256", key).update(address).digest("base64url").slice(0, 22);
  };
}

export interface Peer {
  /** the other end of the connection */
  readonly remote: string;
  readonly host: string;
  readonly forwardedFor: string | undefined;
  readonly forwardedProto: string | undefined;
}

export interface PeerRules {
  /** proxies of ours in front */
  readonly trustProxy: number;
  readonly publicUrl: string | undefined;
}

/** The asker's address: behind n proxies of ours the n-th entry from the right, since everything left of it is invented. */
export function clientAddress(peer: Peer, rules: PeerRules): string {
  if (rules.trustProxy === 0) return plain(peer.remote);
  const entries = (peer.forwardedFor ?? "").split(",").map((entry) => entry.trim());
  return plain(entries.at(-rules.trustProxy) || peer.remote);
}

/** IPv4 in its IPv6 clothes is the same address; an IPv6 network of one household counts as one. */
function plain(address: string): string {
  const four = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (four) return four;
  return address.includes(":") && address !== "::1" ? address.split(":").slice(0, 4).join(":") : address;
}

const hostName = (host: string): string => host.replace(/:\d+$/, "").toLowerCase();

/** Whether what is sent can be read on the way. */
export function transportOf(peer: Peer, rules: PeerRules): { readonly https: boolean; readonly loopback: boolean } {
  const loopback =
    isLoopbackHost(plain(peer.remote)) && isLoopbackHost(hostName(peer.host)) && peer.forwardedFor === undefined;
  if (rules.trustProxy > 0 && peer.forwardedProto !== undefined) {
    return { https: peer.forwardedProto.split(",").at(-1)?.trim().toLowerCase() === "https", loopback };
  }
  const named = rules.publicUrl === undefined ? undefined : new URL(rules.publicUrl);
  return { https: named?.protocol === "https:" && named.host === peer.host.toLowerCase(), loopback };
}
