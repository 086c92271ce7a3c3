import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { call } from "../house.ts";
import { type KillableServer, UNIT } from "./killable-server.ts";

/** One request, as it may be sent again: its key makes it the same request. */
interface Request {
  readonly cookie: string;
  readonly path: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What the server has said yes to. */
export interface Acknowledged extends Request {
  // biome-ignore lint/suspicious/noExplicitAny: what each procedure answers is typed in the contract.
  readonly result: any;
}

/** Who works, and where. */
export interface Staff {
  readonly unitId: string;
  readonly officer: string;
  readonly handler: string;
  readonly handlerId: string;
}

export async function staffOf(server: KillableServer): Promise<Staff> {
  const { items } = await call(server.url, "", "units.find", { q: UNIT, limit: 1 });
  const [officer, handler] = [await server.signIn("officer"), await server.signIn("handler")];
  const me = await call(server.url, handler, "session.me", {});
  return { unitId: items[0].id, officer, handler, handlerId: me.personId };
}

const key = (): string => `kill-${randomUUID()}`;

/** Everything that was sent in one run, and what became of it. */
export class Work {
  readonly acknowledged: Acknowledged[] = [];
  /** sent, and the connection or the database went away before an answer */
  readonly unanswered: Request[] = [];
  readonly #server: KillableServer;
  readonly #staff: Staff;
  #stopped = false;

  constructor(server: KillableServer, staff: Staff) {
    this.#server = server;
    this.#staff = staff;
  }

  /** Works without pause until it is told to stop or the service goes away. */
  async lane(): Promise<void> {
    while (!this.#stopped) {
      try {
        await this.#oneCase();
      } catch (error) {
        if (!isAway(error)) throw error;
        return;
      }
    }
  }

  /** Lets every lane end after what it is doing. */
  stop(): void {
    this.#stopped = true;
  }

  /** Sends once more what had no answer: now it must be done, whether or not it was done before. */
  async settle(): Promise<void> {
    for (const request of this.unanswered.splice(0)) await this.#send(request);
  }

  async #oneCase(): Promise<void> {
    const { unitId, officer, handler, handlerId } = this.#staff;
    const filed = await this.#send({ cookie: "", path: "intake.file", input: petition(unitId) });
    const seen = await call(this.#server.url, officer, "cases.byNo", { caseNo: filed.caseNo });
    let on = { caseId: seen.caseId as string, version: seen.version as number };
    const act = async (cookie: string, path: string, input: object): Promise<void> => {
      if (this.#stopped) return;
      const { version } = await this.#send({ cookie, path, input: { ...on, key: key(), ...input } });
      on = { ...on, version };
    };
    await act(officer, "cases.register", registration);
    await act(officer, "cases.accept", { office: "财务股" });
    await act(officer, "cases.assign", { handlerId });
    await act(handler, "cases.note", { text: "已核对工资表", visibility: "internal", fileIds: [] });
  }

  async #send(request: Request): Promise<Acknowledged["result"]> {
    try {
      const result = await call(this.#server.url, request.cookie, request.path, request.input);
      this.acknowledged.push({ ...request, result });
      return result;
    } catch (error) {
      if (isAway(error)) this.unanswered.push(request);
      throw error;
    }
  }
}

/** A broken connection, or a server that says it cannot serve now; a refusal is something else and a defect here. */
const isAway = (error: unknown): boolean =>
  error instanceof TypeError || (error instanceof Error && /"code":"service\.away"/.test(error.message));

const petition = (unitId: string) => ({
  key: key(),
  unitId,
  channel: "online-petition/online",
  via: "online",
  purpose: "solve",
  title: "停电时提交的信访",
  body: "服务器随时可能断电，已确认收到的信访一件也不能丢。",
  anonymity: "anonymous",
});

const registration = {
  category: "claim",
  track: "ordinary",
  subRoute: 6,
  confidentiality: 1,
  demands: [{ text: "补发津贴" }],
  safetyAnswered: true,
  duplicatesChecked: true,
};

/** Some lanes at once for a while, then the given end of it. */
export async function workUntil(work: Work, lanes: number, ms: number, end: () => Promise<void>): Promise<void> {
  const running = Array.from({ length: lanes }, () => work.lane());
  await sleep(ms);
  await end();
  work.stop();
  await Promise.all(running);
}
