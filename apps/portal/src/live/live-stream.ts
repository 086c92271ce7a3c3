/** Ids of what changed, each of which this reader may see; `all` after an interruption: anything may be another. */
export interface LiveNews {
  readonly all: boolean;
  /** of the desk */
  readonly cases: readonly string[];
  /** the reader's own petitions */
  readonly own: readonly string[];
  /** somebody has opened, left or begun to edit these */
  readonly presence: readonly string[];
  readonly bell: boolean;
}
export type LiveListener = (news: LiveNews) => void;

/** A page in the background gives its connection back: a browser has six of them for all its pages together. */
const HIDDEN_MS = 30_000;
/** Not everybody at once: a change that many see would be asked about by all of them in the same instant. */
const SPREAD_MS = 500;
const everything: LiveNews = { all: true, cases: [], own: [], presence: [], bell: true };

const listeners = new Set<LiveListener>();
const state: { source?: EventSource | undefined; hiding?: ReturnType<typeof setTimeout>; was: boolean } = {
  was: false,
};

const tell = (news: LiveNews): void => {
  for (const listener of listeners) listener(news);
};

function close(): void {
  state.source?.close();
  state.source = undefined;
}

function open(): void {
  clearTimeout(state.hiding);
  if (state.source || listeners.size === 0 || document.visibilityState === "hidden") return;
  const source = new EventSource("/rpc/live");
  state.source = source;
  source.addEventListener("hello", () => {
    // connected anew after it had been given back: what came between was not heard
    if (state.was) tell(everything);
    state.was = false;
  });
  source.addEventListener("reset", () => tell(everything));
  source.addEventListener("news", (event) => {
    const news = JSON.parse(event.data) as Omit<LiveNews, "all">;
    setTimeout(() => tell({ ...news, all: false }), Math.random() * SPREAD_MS);
  });
  source.addEventListener("error", () => {
    // the server has nothing for this reader; a connection that broke comes again by itself
    if (source.readyState === EventSource.CLOSED && state.source === source) {
      state.source = undefined;
      state.was = true;
    }
  });
}

function visibility(): void {
  if (document.visibilityState === "visible") open();
  else
    state.hiding = setTimeout(() => {
      state.was = true;
      close();
    }, HIDDEN_MS);
}

/** Hears of changes while at least one screen listens. @returns how to stop */
export function listenLive(listener: LiveListener): () => void {
  if (listeners.size === 0) document.addEventListener("visibilitychange", visibility);
  listeners.add(listener);
  open();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    document.removeEventListener("visibilitychange", visibility);
    clearTimeout(state.hiding);
    state.was = false;
    close();
  };
}
