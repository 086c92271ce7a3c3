import {
  audiencesOfLive,
  type Kernel,
  type LiveMessage,
  type LiveRow,
  type LiveViewer,
  lastLive,
  newsFor,
  readLive,
} from "@doorstep/kernel";
import { createEar } from "../database/ear.ts";

/** One open screen. */
export interface LiveScreen {
  /** who it is now; `undefined`: nobody any more, and it is closed */
  viewer(): Promise<LiveViewer | undefined>;
  readonly sessionId: string | undefined;
  /** false: it cannot take any more */
  send(message: LiveMessage, upTo: number): boolean;
  beat(): void;
  close(): void;
}

interface Open {
  readonly screen: LiveScreen;
  /** who it was when it was last asked: only to leave out at once those whom nothing concerns */
  last: LiveViewer;
  upTo: number;
  /** still reading what it missed, by itself */
  behind: boolean;
}

export interface LiveHub {
  /** @returns how to take it out again; `undefined` where there are too many already */
  add(screen: LiveScreen, viewer: LiveViewer, from: number | undefined): Promise<(() => void) | undefined>;
  readonly size: () => number;
  stop(): Promise<void>;
}

/** Changes of one moment go out together: nobody can tell one hidden change from another by its time. */
const BATCH_MS = 250;
const BEAT_MS = 20_000;
const MOST_SCREENS = 3_000;
const MOST_OF_ONE_SESSION = 12;
const CHANNELS = ["doorstep_live", "doorstep_signed_out"];

/** All open screens of this process: one ear, one reading of a batch, one heartbeat, however many they are. */
export async function startLiveHub(k: Kernel): Promise<LiveHub> {
  const open = new Set<Open>();
  let read = await lastLive(k);
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> = Promise.resolve();
  let stopped = false;

  const shut = (one: Open): void => {
    if (open.delete(one)) one.screen.close();
  };

  /** Asks anew who it is before a word leaves: signed out, recused or without the right since, he is told nothing. */
  async function tell(one: Open, rows: readonly LiveRow[]): Promise<void> {
    const fresh = rows.filter((r) => r.no > one.upTo);
    const last = fresh.at(-1);
    if (!last) return;
    one.upTo = last.no;
    const audiences = await audiencesOfLive(k, fresh);
    if (!newsFor(k, one.last, fresh, audiences)) return;
    const viewer = await one.screen.viewer();
    if (!viewer) return shut(one);
    one.last = viewer;
    const news = newsFor(k, viewer, fresh, await audiencesOfLive(k, fresh));
    if (news && !one.screen.send(news, last.no)) shut(one);
  }

  /** The cheap look first: one reading of the audiences for all screens, and only whom it concerns is asked for. */
  async function tellAll(rows: readonly LiveRow[]): Promise<void> {
    const audiences = await audiencesOfLive(k, rows);
    const upTo = rows.at(-1)?.no ?? 0;
    for (const one of [...open].filter((each) => !each.behind)) {
      const fresh = rows.filter((r) => r.no > one.upTo);
      if (newsFor(k, one.last, fresh, audiences)) await tell(one, rows);
      else one.upTo = Math.max(one.upTo, upTo);
    }
  }

  /** What it has missed while it was away; from then on the rounds bring it. */
  async function catchUp(one: Open): Promise<void> {
    while (one.upTo < read) {
      const rows = await readLive(k, one.upTo);
      if (rows.length === 0) break;
      await tell(one, rows);
    }
    one.upTo = Math.max(one.upTo, read);
    one.behind = false;
  }

  async function round(): Promise<void> {
    for (;;) {
      const rows = await readLive(k, read);
      const last = rows.at(-1);
      if (!last) return;
      read = last.no;
      await tellAll(rows);
    }
  }

  const look = (): void => {
    if (timer || stopped) return;
    timer = setTimeout(() => {
      timer = undefined;
      working = working
        .then(round)
        .catch((error: unknown) =>
          k.log.warn("live updates could not be read", { error: (error as { code?: string }).code ?? "unknown" }),
        );
    }, BATCH_MS);
  };

  const ear = createEar(k.pool, "doorstep live", CHANNELS, (channel, payload) => {
    if (channel === "doorstep_live") return look();
    for (const one of [...open]) if (one.screen.sessionId === payload) shut(one);
  });
  await ear.ensure();

  /** Keeps connections alive and notices who has no session, or other rights, by now. */
  async function beat(): Promise<void> {
    await ear.ensure();
    for (const one of [...open]) {
      const viewer = await one.screen.viewer();
      if (!viewer) shut(one);
      else {
        one.last = viewer;
        one.screen.beat();
      }
    }
    // whatever the ear may have missed
    look();
  }
  const beats = setInterval(() => {
    beat().catch(() => undefined);
  }, BEAT_MS).unref();

  const ofSession = (id: string): number => [...open].filter((one) => one.screen.sessionId === id).length;

  return {
    size: () => open.size,
    async add(screen, viewer, from) {
      const { sessionId } = screen;
      const tooMany = sessionId !== undefined && ofSession(sessionId) >= MOST_OF_ONE_SESSION;
      if (stopped || tooMany || open.size >= MOST_SCREENS) return undefined;
      const one: Open = { screen, last: viewer, upTo: from ?? read, behind: from !== undefined };
      open.add(one);
      if (one.behind) await catchUp(one);
      return () => void open.delete(one);
    },
    async stop() {
      stopped = true;
      clearInterval(beats);
      clearTimeout(timer);
      for (const one of [...open]) shut(one);
      await working;
      await ear.stop();
    },
  };
}
