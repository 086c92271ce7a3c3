import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** @typedef {{ pid: number, command: string }} PortOwner */

const LISTENING = "0A";

/**
 * Finds the process that listens on a TCP port, as far as the system lets us see it.
 *
 * @param {number} port
 * @returns {PortOwner | undefined}
 */
export function portOwner(port) {
  return process.platform === "linux" ? ownerOnLinux(port) : ownerByLsof(port);
}

/** @param {number} port */
function ownerOnLinux(port) {
  const inodes = new Set(["/proc/net/tcp", "/proc/net/tcp6"].flatMap((table) => listeners(read(table), port)));
  if (inodes.size === 0) return;
  for (const pid of readdirSync("/proc")) {
    if (/^\d+$/.test(pid) && holdsOne(pid, inodes)) return { pid: Number(pid), command: commandOf(pid) };
  }
}

/**
 * Gives the socket numbers that listen on a port in a table of the kernel.
 *
 * @param {string} table the text of /proc/net/tcp
 * @param {number} port
 */
export function listeners(table, port) {
  const hex = port.toString(16).toUpperCase().padStart(4, "0");
  return table
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(`:${hex}`) && fields[3] === LISTENING)
    .map((fields) => fields[9] ?? "");
}

/**
 * @param {string} pid
 * @param {ReadonlySet<string>} inodes
 */
function holdsOne(pid, inodes) {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => {
      const match = /^socket:\[(\d+)\]$/.exec(link(`/proc/${pid}/fd/${fd}`));
      return match?.[1] !== undefined && inodes.has(match[1]);
    });
  } catch {
    // Another user's process: its files are not ours to see.
    return false;
  }
}

/** @param {string} path */
function link(path) {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** @param {string} pid */
function commandOf(pid) {
  return read(`/proc/${pid}/cmdline`).replaceAll("\0", " ").trim() || read(`/proc/${pid}/comm`).trim();
}

/** @param {number} port */
function ownerByLsof(port) {
  try {
    const output = execFileSync("lsof", ["-nP", `-iTCP:${port}`, "-sTCP:LISTEN", "-Fpc"], { encoding: "utf8" });
    const pid = /^p(\d+)$/m.exec(output)?.[1];
    return pid ? { pid: Number(pid), command: /^c(.*)$/m.exec(output)?.[1] ?? "" } : undefined;
  } catch {
    return;
  }
}

/**
 * Says in one sentence who has a port and what to do.
 *
 * @param {number} port
 * @param {PortOwner | undefined} [owner]
 */
export function portTakenMessage(port, owner = portOwner(port)) {
  const by = owner ? `process ${owner.pid} (${owner.command.slice(0, 120)})` : "another process";
  const stop = owner ? `Stop it (kill ${owner.pid}) or` : "Stop it, or";
  return `Port ${port} is taken by ${by}. ${stop} choose another port: PORT=${port === 65_535 ? 3000 : port + 1} npm start`;
}
