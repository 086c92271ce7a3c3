import { call, type House, signIn } from "./house.ts";

export interface Filed {
  readonly caseId: string;
  readonly caseNo: string;
  readonly returnCode: string;
}

export const registration = {
  category: "claim",
  track: "ordinary",
  subRoute: 6,
  confidentiality: 1,
  demands: [{ text: "修好窗户 Repair the window" }],
  safetyAnswered: true,
  duplicatesChecked: true,
};

/** Each worker that passes by writes to a new petition once at most. */
const STALE_AT_MOST = 5;

/** Petitions of a house, carried on by what the desk itself calls. */
export function petitionsOf(house: House) {
  let keys = 0;
  const key = (): string => {
    keys += 1;
    return `desk-walk-${String(keys).padStart(8, "0")}`;
  };
  const cookies = new Map<string, string>();
  async function cookieOf(username: string): Promise<string> {
    const cookie = cookies.get(username) ?? (await signIn(house.url, username));
    cookies.set(username, cookie);
    return cookie;
  }
  const by = async (username: string, path: string, input: object): Promise<Record<string, unknown>> =>
    await call(house.url, await cookieOf(username), path, input);
  async function on(caseId: string): Promise<object> {
    const { rows } = await house.server.database.pool.query<{ version: number }>(
      "select version from kernel.cases where id = $1",
      [caseId],
    );
    return { caseId, version: rows[0]?.version, key: key() };
  }
  /** The workers may write to the case between reading and acting; a person would load it again and press once more. */
  async function act(username: string, path: string, caseId: string, input: object): Promise<Record<string, unknown>> {
    for (let more = STALE_AT_MOST; ; more -= 1) {
      try {
        return await by(username, path, { ...(await on(caseId)), ...input });
      } catch (error) {
        if (more === 0 || !String(error).includes('"case.stale"')) throw error;
      }
    }
  }

  async function fileBy(username: string, unit: string, what: object): Promise<Filed> {
    const filed = await by(username, "intake.fileAtDesk", {
      key: key(),
      unitId: house.units.get(unit),
      via: "letter",
      purpose: "solve",
      anonymity: "anonymous",
      readBack: true,
      ...what,
    });
    return filed as unknown as Filed;
  }
  const paper = (username: string, unit: string, title: string, more: object = {}) =>
    fileBy(username, unit, { ...more, title, body: "来信说公寓窗户漏雨，两次报修无人回复。The window leaks." });
  const register = (username: string, caseId: string, more: object = {}) =>
    act(username, "cases.register", caseId, { ...registration, ...more });

  async function inHandling(title: string, more: object = {}): Promise<Filed> {
    const filed = await paper("clerk", "FIRST", title, more);
    await register("clerk", filed.caseId);
    await act("officer", "cases.accept", filed.caseId, { office: "营房股" });
    await assigned(filed);
    return filed;
  }

  /** In the handler's hands, who has heard the petitioner. */
  async function assigned(filed: Filed): Promise<void> {
    const candidates = (await by("officer", "people.candidates", {
      caseId: filed.caseId,
      role: "handler",
    })) as unknown as { id: string; name: string }[];
    const handlerId = candidates.find((c) => c.name === "handler")?.id;
    await act("officer", "cases.assign", filed.caseId, { handlerId, heardOn: today() });
  }

  async function letterOf(caseId: string): Promise<string> {
    const { rows } = await house.server.database.pool.query<{ id: string }>(
      "select id from kernel.notices where case_id = $1 and code in ('D14', 'D16') order by created_at desc limit 1",
      [caseId],
    );
    return rows[0]?.id ?? "";
  }

  async function sealed(title: string, more: object = {}): Promise<Filed> {
    const filed = await inHandling(title, more);
    await replied(filed);
    return filed;
  }

  /** Drafted and sealed. */
  async function replied(filed: Filed): Promise<void> {
    const view = (await by("handler", "cases.get", { caseId: filed.caseId })) as { demands: { id: string }[] };
    const answer = { outcome: "notSupported", facts: "查明", opinion: "不予支持", basis: "第一条" };
    await act("handler", "cases.reply", filed.caseId, {
      kind: "explain",
      demands: view.demands.map((demand) => ({ demandId: demand.id, ...answer })),
      summary: "这次不修，理由写在上面。",
    });
    await act("signer", "notices.seal", filed.caseId, { noticeId: await letterOf(filed.caseId) });
  }

  const today = (): string =>
    new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai" }).format(house.server.clock.now());

  /** The petitioner's cookie for the one case, as the tracking page gets it for the code. */
  async function ownCookie(filed: Filed): Promise<string> {
    const answer = await fetch(`${house.url}/rpc/intake.track`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: house.url },
      body: JSON.stringify({ code: filed.returnCode }),
    });
    return answer.headers
      .getSetCookie()
      .map((c) => c.split(";")[0])
      .join("; ");
  }

  async function delivered(title: string, more: object = {}): Promise<Filed> {
    const filed = await sealed(title, more);
    await handedOver(filed);
    return filed;
  }

  async function handedOver(filed: Filed): Promise<void> {
    await act("officer", "cases.deliver", filed.caseId, {
      noticeId: await letterOf(filed.caseId),
      method: "hand",
      receivedOn: today(),
      proof: "回执 1",
    });
  }

  /** From the accepted petition to the delivered reply. */
  async function answered(filed: Filed): Promise<void> {
    await assigned(filed);
    await replied(filed);
    await handedOver(filed);
  }

  async function contested(title: string): Promise<Filed> {
    const filed = await delivered(title);
    await call(house.url, await ownCookie(filed), "intake.requestReview", {
      key: key(),
      grounds: "notCarriedOut",
      text: "窗户仍未修好。Still leaking.",
    });
    return filed;
  }

  const stateOf = async (caseId: string) =>
    (
      await house.server.database.pool.query<{ status: string; level: string }>(
        "select status, level from kernel.cases where id = $1",
        [caseId],
      )
    ).rows[0];

  /** Sessions end by themselves when the test moves the clock. */
  const forgetSessions = (): void => cookies.clear();

  return {
    key,
    by,
    act,
    fileBy,
    paper,
    register,
    inHandling,
    assigned,
    replied,
    handedOver,
    sealed,
    delivered,
    answered,
    contested,
    letterOf,
    cookieOf,
    ownCookie,
    today,
    stateOf,
    forgetSessions,
  };
}
