import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const opensslHere = (): boolean => spawnSync("openssl", ["version"]).status === 0;

/** A certificate for `localhost` that nobody has vouched for, with its key. */
export function ownCertificate(): { readonly key: string; readonly cert: string } {
  const home = mkdtempSync(join(tmpdir(), "doorstep-certificate-"));
  const [key, cert] = [join(home, "key.pem"), join(home, "cert.pem")];
  try {
    execFileSync(
      "openssl",
      [
        ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"],
        ...["-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", cert],
      ],
      { stdio: "ignore" },
    );
    return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
