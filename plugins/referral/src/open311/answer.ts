import type { Locale } from "@doorstep/sdk";
import type { AddressAnswer, AddressRequest } from "@doorstep/sdk/server";
import { and, desc, eq, gte, inArray, lte } from "drizzle-orm";
import { z } from "zod";
import { byKey } from "../partners/partners.ts";
import { iso, type JobCtx, type Partner, type Referral } from "../referral-ctx.ts";
import { referrals } from "../schema.ts";
import { DESCRIPTION, receive } from "./receive.ts";
import { attributes, serviceOf, services } from "./services.ts";
import { type Format, failed, written } from "./write.ts";

interface Call {
  readonly ctx: JobCtx;
  readonly partner: Partner;
  readonly asked: AddressRequest;
  readonly format: Format;
  readonly say: (zh: string, en: string) => string;
}

/** Whatever may have been handed on looks the same, so that nobody learns of an accusation. */
const HANDED_ON = { code: "other", "zh-CN": "已转有关部门", en: "Handed on" } as const;

const NOTES: Readonly<Record<"waiting" | "going" | "over", Record<Locale, string>>> = {
  waiting: { "zh-CN": "已收到，等待登记。", en: "Received; it waits to be registered." },
  going: { "zh-CN": "已收到，正在按规定办理。", en: "Received and being handled by the rules." },
  over: { "zh-CN": "已有结果，由单位答复来信人。", en: "There is a result; the unit answers the petitioner." },
};

function requestOf({ ctx, asked }: Call, one: Referral) {
  const { locale } = asked;
  const service = serviceOf(one.service ?? undefined);
  const stage = one.over || one.state === "discarded" ? "over" : one.state === "filed" ? "going" : "waiting";
  return {
    service_request_id: one.id,
    status: stage === "over" ? "closed" : "open",
    status_notes: NOTES[stage][locale],
    service_name: service?.name[locale] ?? HANDED_ON[locale],
    service_code: service?.code ?? HANDED_ON.code,
    // what somebody wrote is not given back
    description: null,
    agency_responsible: ctx.unit.name[locale],
    service_notice: null,
    requested_datetime: iso(one.at),
    updated_datetime: iso(one.changedAt),
    expected_datetime: null,
    ...{ address: null, address_id: null, zipcode: null, lat: null, long: null, media_url: null },
  };
}

const listServices = ({ asked: { locale }, format }: Call): AddressAnswer =>
  written(
    format,
    "services",
    services.map((one) => ({
      ...{ service_code: one.code, service_name: one.name[locale], description: one.about[locale] },
      ...{ metadata: true, type: "realtime", keywords: "", group: "" },
    })),
  );

function defineService({ asked: { locale }, format, say }: Call, code: string): AddressAnswer {
  if (!serviceOf(code)) return failed(format, 404, say("没有这项服务。", "There is no such service."));
  return written(format, "service_definition", { service_code: code, attributes: attributes(locale) });
}

const DAY_MS = 86_400_000;
/** By the standard: 90 days, and 1000 requests. */
const SPAN_DAYS = 90;
const MOST = 1_000;

const query = z.object({
  service_request_id: z.string().max(200).optional(),
  service_code: z.string().max(200).optional(),
  status: z.string().max(40).optional(),
  start_date: z.iso.datetime({ offset: true }).optional(),
  end_date: z.iso.datetime({ offset: true }).optional(),
});

const listOf = (text: string | undefined): readonly string[] | undefined =>
  text
    ?.split(",")
    .map((one) => one.trim())
    .filter(Boolean);

async function listRequests(call: Call): Promise<AddressAnswer> {
  const { ctx, partner, asked, format, say } = call;
  const parsed = query.safeParse(asked.query);
  if (!parsed.success) return failed(format, 400, say("查询条件不合要求。", "The question does not fit."));
  const { service_request_id, service_code, status, start_date, end_date } = parsed.data;
  const ids = listOf(service_request_id)?.filter((one) => z.uuid().safeParse(one).success);
  const until = new Date(end_date ?? ctx.now);
  const since = new Date(start_date ?? until.getTime() - SPAN_DAYS * DAY_MS);
  const rows = await ctx.db
    .select()
    .from(referrals)
    .where(
      and(
        ...[eq(referrals.partnerId, partner.id), eq(referrals.unitId, ctx.unit.id), eq(referrals.way, "open311")],
        ids === undefined
          ? and(gte(referrals.at, since.toISOString()), lte(referrals.at, until.toISOString()))
          : inArray(referrals.id, ids),
      ),
    )
    .orderBy(desc(referrals.at))
    .limit(MOST);
  const found = rows
    .map((one) => requestOf(call, one))
    .filter((one) => listOf(service_code)?.includes(one.service_code) ?? true)
    .filter((one) => listOf(status)?.includes(one.status) ?? true);
  return written(format, "service_requests", found);
}

async function oneRequest(call: Call, id: string): Promise<AddressAnswer> {
  const { ctx, partner, format, say } = call;
  const [found] = z.uuid().safeParse(id).success
    ? await ctx.db
        .select()
        .from(referrals)
        .where(and(eq(referrals.id, id), eq(referrals.partnerId, partner.id), eq(referrals.unitId, ctx.unit.id)))
    : [];
  if (found?.way !== "open311") return failed(format, 404, say("没有这件事项。", "There is no such request."));
  return written(format, "service_requests", [requestOf(call, found)]);
}

/** Names every field at once, and how long a description may be. */
function wrongWith(fields: readonly string[], say: Call["say"]): string {
  const each = fields.map((field) => {
    const what = say(`${field} 缺少或不合要求`, `${field} is missing or does not fit`);
    if (field !== "description") return what;
    const { least, most } = DESCRIPTION;
    return `${what}${say(`（${least}至${most}个字）`, ` (${least} to ${most} characters)`)}`;
  });
  return say(`${each.join("；")}。`, `${each.join("; ")}.`);
}

async function takeRequest(call: Call): Promise<AddressAnswer> {
  const { ctx, partner, asked, format, say } = call;
  const got = await receive(ctx, partner, asked);
  if ("wrong" in got) return failed(format, 400, wrongWith(got.wrong, say));
  const notice = say("已收到，数分钟内转入办理。", "Received; within minutes it is where it is handled.");
  const told = { service_request_id: got.referral.id, service_notice: notice, account_id: null };
  return written(format, "service_requests", [told], 201);
}

/** `services.json`, `services/<code>.xml`, `requests.json`, `requests/<id>.json`. */
function parsePath(
  path: readonly string[],
): { readonly what: string; readonly id?: string; readonly format: Format } | null {
  const [last = ""] = path.slice(-1);
  const [, stem = "", format] = /^(.+)\.(json|xml)$/.exec(last) ?? [];
  if (format === undefined || path.length > 2) return null;
  return path.length === 1
    ? { what: stem, format: format as Format }
    : { what: path[0] ?? "", id: stem, format: format as Format };
}

/**
 * Open311 GeoReport v2 for a partner with a key: what may be brought, how, bringing it, and the partner's own requests. Nothing is
 * listed for anybody else, and no words of a petition go back out.
 */
export async function open311(ctx: JobCtx, asked: AddressRequest): Promise<AddressAnswer> {
  const at = parsePath(asked.path);
  const format = at?.format ?? "json";
  const say = (zh: string, en: string): string => (asked.locale === "en" ? en : zh);
  const partner = await byKey(ctx, asked.key);
  if (!partner)
    return failed(
      format,
      403,
      say("密钥无效或已停用，请向本单位申请。", "The key is not valid or has ended. Ask the unit for one."),
    );
  const call: Call = { ctx, partner, asked, format, say };
  const route = `${asked.method} ${at?.what ?? ""}${at?.id === undefined ? "" : "/"}`;
  if (route === "GET services") return listServices(call);
  if (route === "GET services/") return defineService(call, at?.id ?? "");
  if (route === "GET requests") return await listRequests(call);
  if (route === "GET requests/") return await oneRequest(call, at?.id ?? "");
  if (route === "POST requests") return await takeRequest(call);
  return failed(format, 404, say("没有这个地址。", "There is no such address."));
}
