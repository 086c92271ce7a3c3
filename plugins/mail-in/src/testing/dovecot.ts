import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { opensslHere, ownCertificate } from "./certificate.ts";

/** Where packages put it: not every PATH names these folders. */
const program = ["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/sbin"]
  .map((folder) => join(folder, "dovecot"))
  .find((file) => existsSync(file));

/** Dovecot's version where it is on this machine, with what makes a certificate. */
export function dovecotHere(): string | undefined {
  if (program === undefined || !opensslHere()) return undefined;
  return spawnSync(program, ["--version"], { encoding: "utf8" }).stdout.trim();
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("data", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });

/** Mail is read as somebody who is nobody: Dovecot opens no mailbox of root. */
const NOBODY = 65_534;

/** A real Dovecot with one mailbox, in a folder of its own: with TLS by a certificate of its own, and with STARTTLS. */
export async function openDovecot() {
  const home = mkdtempSync(join(tmpdir(), "doorstep-dovecot-"));
  chmodSync(home, 0o755);
  const [plain, tls] = [await freePort(), await freePort()];
  const isRoot = userInfo().uid === 0;
  const { uid, gid } = isRoot ? { uid: NOBODY, gid: NOBODY } : userInfo();
  const box = join(home, "mail");
  for (const folder of [box, ...["new", "cur", "tmp"].map((one) => join(box, one))]) {
    mkdirSync(folder);
    if (isRoot) chownSync(folder, uid, gid);
  }
  const [key, cert] = [join(home, "key.pem"), join(home, "cert.pem")];
  const own = ownCertificate();
  writeFileSync(key, own.key);
  writeFileSync(cert, own.cert);
  const lines = [
    "protocols = imap",
    "listen = 127.0.0.1",
    `base_dir = ${join(home, "run")}`,
    `state_dir = ${join(home, "state")}`,
    `log_path = ${join(home, "log")}`,
    "ssl = yes",
    `ssl_cert = <${cert}`,
    `ssl_key = <${key}`,
    `mail_location = maildir:${box}`,
    "first_valid_uid = 1",
    "first_valid_gid = 1",
    ...(isRoot
      ? []
      : [`default_internal_user = ${userInfo().username}`, `default_login_user = ${userInfo().username}`]),
    "passdb {\n  driver = static\n  args = password=testpass\n}",
    `userdb {\n  driver = static\n  args = uid=${uid} gid=${gid} home=${home}\n}`,
    `service imap-login {\n  chroot =\n  inet_listener imap {\n    port = ${plain}\n  }\n  inet_listener imaps {\n    port = ${tls}\n    ssl = yes\n  }\n}`,
    "service anvil {\n  chroot =\n}",
  ];
  const config = join(home, "dovecot.conf");
  writeFileSync(config, `${lines.join("\n")}\n`);
  const start = async () => {
    const child = spawn(program ?? "", ["-F", "-c", config], { stdio: "ignore" });
    for (let tries = 0; !(await answers(plain)); tries += 1) {
      if (tries > 200 || child.exitCode !== null)
        throw new Error(`Dovecot did not start: ${readFileSync(join(home, "log"), "utf8")}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return child;
  };
  let running = await start();
  const stop = async () => {
    if (running.exitCode !== null) return;
    running.kill("SIGTERM");
    await once(running, "exit");
  };
  let serial = 0;
  return {
    plain,
    tls,
    certificate: readFileSync(cert, "utf8"),
    add(bytes: Uint8Array) {
      serial += 1;
      const file = join(box, "new", `${1_700_000_000 + serial}.M${serial}.localhost`);
      writeFileSync(file, bytes);
      if (isRoot) chownSync(file, uid, gid);
    },
    stop,
    async restart() {
      await stop();
      running = await start();
    },
    /** As after a restored backup: the same messages under other numbers. */
    async numberAnew() {
      await stop();
      for (const name of ["dovecot-uidlist", "dovecot-uidvalidity", "dovecot.index", "dovecot.index.log"])
        rmSync(join(box, name), { force: true });
      running = await start();
    },
    async close() {
      await stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
