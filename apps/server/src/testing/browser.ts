/** A client with a cookie jar, as far as tests need one; every request names its origin like a page would. */
export interface Browser {
  post(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  readonly cookies: Map<string, string>;
  /** the Set-Cookie lines of the last answer */
  readonly lastCookies: readonly string[];
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
  readonly body: any;
  /** the refusal's code, of an account page or of a tRPC answer */
  readonly code: string | undefined;
}

export function openBrowser(url: string): Browser {
  const cookies = new Map<string, string>();
  let lastCookies: readonly string[] = [];

  async function send(path: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(new URL(path, url), {
      redirect: "manual",
      ...init,
      headers: {
        ...(cookies.size > 0 && { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") }),
        ...(init.headers as Record<string, string>),
      },
    });
    lastCookies = response.headers.getSetCookie();
    for (const line of lastCookies) keep(cookies, line);
    const text = await response.text();
    const body = parsed(text);
    return { status: response.status, headers: response.headers, text, body, code: codeOf(body) };
  }

  return {
    cookies,
    get lastCookies() {
      return lastCookies;
    },
    post: (path, body = {}, headers = {}) =>
      send(path, {
        method: "POST",
        headers: { "content-type": "application/json", origin: url, ...headers },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
    get: (path, headers = {}) => send(path, { headers }),
  };
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = ""] = line.split(";", 1);
  const at = pair.indexOf("=");
  const name = pair.slice(0, at);
  if (/max-age=0\b|expires=thu, 01 jan 1970/i.test(line)) cookies.delete(name);
  else cookies.set(name, pair.slice(at + 1));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const codeOf = (body: unknown): string | undefined =>
  (body as { code?: string } | undefined)?.code ??
  (body as { error?: { data?: { code?: string } } } | undefined)?.error?.data?.code;
