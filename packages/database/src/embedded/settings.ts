import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Place } from "./place.ts";

/** Values measured for lists and searches over a million cases; the rest is PostgreSQL's own default. */
const SETTINGS: Readonly<Record<string, string>> = {
  // Nobody but through the socket: no port to take, none to attack.
  listen_addresses: "''",
  max_connections: "300",
  password_encryption: "'scram-sha-256'",
  // Compiling a plan costs more than any of our queries runs.
  jit: "off",
  random_page_cost: "1.1",
  shared_buffers: "'256MB'",
  max_wal_size: "'2GB'",
  timezone: "'UTC'",
  log_timezone: "'UTC'",
  lc_messages: "'C'",
  // Statements may hold personal data: the log names errors, not their texts or values.
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  log_parameter_max_length: "0",
  log_parameter_max_length_on_error: "0",
};

const quoted = (value: string) => `'${value.replaceAll("'", "''")}'`;

/** Writes the two files that say how the cluster runs and who may enter: everybody by password, nobody by trust. */
export function writeSettings(cluster: string, place: Pick<Place, "socketDir">): void {
  const lines = Object.entries(SETTINGS).map(([key, value]) => `${key} = ${value}`);
  // Double quotes: a comma in the path would otherwise begin a second folder.
  const socketDir = quoted(`"${place.socketDir.replaceAll('"', '""')}"`);
  writeFileSync(
    join(cluster, "postgresql.conf"),
    [
      "# Written at each start. Settings of your own go into custom.conf beside this file.",
      ...lines,
      `unix_socket_directories = ${socketDir}`,
      "include_if_exists = 'custom.conf'",
      "",
    ].join("\n"),
  );
  writeFileSync(join(cluster, "pg_hba.conf"), "local all all scram-sha-256\n");
}
