/** Classes and codes with which PostgreSQL says that the connection, not the statement, is at an end. */
const AWAY = /^(08|57P0[1-5]|53300)/;
const SOCKET = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOENT"]);
/** What the driver says without a code. */
const SAID =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed)/;

function saysAway(error: Error): boolean {
  const { code, syscall, severity } = error as { code?: unknown; syscall?: unknown; severity?: unknown };
  if (typeof code === "string" && typeof severity === "string") return AWAY.test(code);
  if (typeof code === "string" && SOCKET.has(code)) return code !== "ENOENT" || syscall === "connect";
  return SAID.test(error.message);
}

/**
 * Tells whether an error means that the database cannot be reached, and nothing about what was asked: the same request
 * may be sent again.
 */
export function isAway(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++)
    if (saysAway(at)) return true;
  return false;
}
