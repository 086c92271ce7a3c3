/** Where and as whom to connect; `host` may be the folder of a unix socket. */
export interface Address {
  readonly host: string;
  readonly user: string;
  readonly password?: string;
  readonly database: string;
}

/** Writes the address of a server behind a unix socket in the form `pg` reads; blanks and Han characters are escaped. */
export function socketUrl(address: Address): string {
  const url = new URL(`postgres://localhost/${encodeURIComponent(address.database)}`);
  url.username = address.user;
  if (address.password !== undefined) url.password = encodeURIComponent(address.password);
  url.search = `host=${encodeURIComponent(address.host)}`;
  return url.href;
}

/** Gives the same address with another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(database)}`;
  return changed.href;
}

/** Gives the same address with another login. */
export function withLogin(url: string, user: string, password?: string): string {
  const changed = new URL(url);
  changed.username = encodeURIComponent(user);
  changed.password = password === undefined ? "" : encodeURIComponent(password);
  return changed.href;
}
