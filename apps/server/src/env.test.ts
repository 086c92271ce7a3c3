import { describe, expect, it } from "vitest";
import { EnvError, isLoopbackHost, readEnv } from "./env.ts";

describe("readEnv", () => {
  it("has a default for everything, and takes an empty variable for an unset one", () => {
    const env = readEnv({});
    expect(env).toMatchObject({
      port: 3_000,
      host: "127.0.0.1",
      demo: true,
      safeMode: false,
      dev: false,
      trustProxy: 0,
    });
    expect(env.dataDir).toMatch(/\/\.doorstep$/);
    const empty = {
      PORT: "",
      HOST: "",
      DATABASE_URL: "",
      DOORSTEP_DEMO: "",
      DOORSTEP_TRUST_PROXY: "",
      DOORSTEP_KEY_FILE: "",
    };
    expect(readEnv(empty)).toEqual(env);
  });

  it("reads what is given", () => {
    expect(
      readEnv({
        PORT: "8080",
        DOORSTEP_DEMO: "0",
        DOORSTEP_SAFE_MODE: "1",
        DOORSTEP_PUBLIC_URL: "https://door.example/",
        DOORSTEP_TRUST_PROXY: "true",
      }),
    ).toMatchObject({ port: 8_080, demo: false, safeMode: true, publicUrl: "https://door.example", trustProxy: 1 });
  });

  it.each([
    ["PORT", "eighty"],
    ["PORT", "70000"],
    ["DATABASE_URL", "mysql://x"],
    ["DOORSTEP_PUBLIC_URL", "door.example"],
    ["DOORSTEP_PUBLIC_URL", "ftp://door.example"],
    ["DOORSTEP_TRUST_PROXY", "yes please"],
    ["DOORSTEP_TRUST_PROXY", "-1"],
  ])("names %s=%s as what is wrong", (name, value) => {
    expect(() => readEnv({ [name]: value })).toThrow(EnvError);
    expect(() => readEnv({ [name]: value })).toThrow(name);
  });

  it("does not repeat a database password in its complaint", () => {
    expect(() => readEnv({ DATABASE_URL: "mysql://me:hunter2@x" })).not.toThrow("hunter2");
  });
});

describe("isLoopbackHost", () => {
  it.each(["127.0.0.1", "127.8.8.8", "localhost", "::1", "[::1]"])("knows %s", (host) =>
    expect(isLoopbackHost(host)).toBe(true),
  );
  it.each(["0.0.0.0", "::", "192.168.1.1", "127.0.0.1.example", "localhost.example", ""])(
    "does not take %s for it",
    (host) => expect(isLoopbackHost(host)).toBe(false),
  );
});
