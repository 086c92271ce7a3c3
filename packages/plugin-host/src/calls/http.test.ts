import { describe, expect, test } from "vitest";
import { exchange, isListed, type Reach } from "./http.ts";
import { isPrivate, isPrivateName } from "./private-addresses.ts";

const of = (reach: Partial<Reach>): Reach => ({ listed: [], chosen: [], inside: [], ...reach });

describe("an address is listed", () => {
  test.each([
    ["https://a.example/api/", "https://a.example/api/x?y=1", true],
    ["https://a.example/api/", "https://a.example/api/", true],
    ["https://a.example/one", "https://a.example/one?y=1", true],
    ["https://a.example/one", "https://a.example/one/more", false],
    ["https://a.example/api/", "https://a.example/apix", false],
    ["https://a.example/api/", "http://a.example/api/x", false],
    ["https://a.example/api/", "https://a.example:8443/api/x", false],
    ["https://a.example/api/", "https://a.example.evil.example/api/x", false],
    ["https://a.example/api/", "https://b@a.example/api/x", false],
    ["https://a.example/api/", "https://a.example/api/%2e%2e/x", false],
  ])("%s, asked for %s: %s", (listed, asked, is) => {
    expect(isListed([listed], new URL(asked))).toBe(is);
  });
});

test("addresses and names of the inside are told from those of the world", () => {
  for (const inside of [
    "127.0.0.1",
    "10.1.2.3",
    "172.31.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.1.1",
    "::1",
    "fd00::1",
    "fe80::1",
    "::ffff:10.0.0.1",
  ])
    expect([inside, isPrivate(inside)]).toEqual([inside, true]);
  for (const outside of ["8.8.8.8", "172.32.0.1", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
    expect([outside, isPrivate(outside)]).toEqual([outside, false]);
  for (const name of ["oa", "oa.unit.internal", "printer.local", "10.0.0.1", "[::1]", "localhost"])
    expect([name, isPrivateName(name)]).toEqual([name, true]);
  for (const name of ["example.org", "internal.example.org"])
    expect([name, isPrivateName(name)]).toEqual([name, false]);
});

test("a name of the world that was made to lead inside is not followed there", async () => {
  const lookup = (_name: string, _options: unknown, done: (error: null, found: object[]) => void) =>
    done(null, [
      { address: "8.8.8.8", family: 4 },
      { address: "127.0.0.1", family: 4 },
    ]);
  const asked = exchange(
    of({ listed: ["http://partner.example/"] }),
    { url: "http://partner.example/x" },
    AbortSignal.timeout(5_000),
    lookup as never,
  );

  await expect(asked).rejects.toThrow("leads to a private address");
});

test("an exchange ends with the call that asked for it", async () => {
  const asked = exchange(
    of({ listed: ["http://10.255.255.1:9/"] }),
    { url: "http://10.255.255.1:9/" },
    AbortSignal.abort(),
  );

  await expect(asked).rejects.toThrow(/abort/i);
});

describe("what a unit lists itself", () => {
  type Done = (error: null, found: object[] | string, family?: number) => void;
  const lookup = (_name: string, options: { readonly all?: boolean }, done: Done) =>
    options.all ? done(null, [{ address: "127.0.0.1", family: 4 }]) : done(null, "127.0.0.1", 4);
  const ask = (reach: Partial<Reach>, url: string) =>
    exchange(of(reach), { url }, AbortSignal.timeout(5_000), lookup as never);

  test.each([
    ["http://127.0.0.1:1/hook", "is inside the house"],
    ["http://oa/hook", "is inside the house"],
    ["http://[::1]:1/hook", "is inside the house"],
    ["http://partner.example:1/hook", "leads to a private address"],
  ])("%s is not reached: it %s", async (url, why) => {
    await expect(ask({ chosen: [url] }, url)).rejects.toThrow(why);
    // something else that the topmost unit has listed opens nothing
    await expect(
      ask({ chosen: [url], inside: ["http://127.0.0.1:1/other", "http://partner.example/"] }, url),
    ).rejects.toThrow(why);
  });

  test.each(["http://127.0.0.1:1/hook", "http://partner.example:1/hook"])(
    "%s is reached where the topmost unit has listed it, too",
    async (url) => {
      await expect(ask({ chosen: [url], inside: [url] }, url)).rejects.toThrow("ECONNREFUSED");
      await expect(ask({ inside: [url] }, url)).rejects.toThrow("not among those");
    },
  );
});
