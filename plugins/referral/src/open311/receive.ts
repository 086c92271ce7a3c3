import { addDays, dayOf } from "@doorstep/sdk";
import type { AddressRequest } from "@doorstep/sdk/server";
import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { type JobCtx, type Partner, type Referral, sha256 } from "../referral-ctx.ts";
import { referrals } from "../schema.ts";
import { type Card, card, toBytes } from "../takein/card.ts";
import { serviceOf } from "./services.ts";

const line = (most: number) => z.string().trim().max(most).default("");

/** The fields of a posted request that are used; others of the standard are let pass and not kept. */
/** How long a description may be, in characters. */
export const DESCRIPTION = { least: 5, most: 4_000 } as const;

const posted = z.object({
  service_code: z.string().max(40),
  description: z.string().trim().min(DESCRIPTION.least).max(DESCRIPTION.most),
  address_string: line(200),
  first_name: line(30),
  last_name: line(30),
  email: line(100),
  phone: line(40),
  "attribute[title]": line(120),
  "attribute[desired]": line(2_000),
  "attribute[danger]": z.enum(["yes", "no", ""]).default("no"),
});
type Posted = z.output<typeof posted>;

const TITLE = 40;
const HAN = /\p{Script=Han}/u;

/** A family name comes first in Chinese. */
function nameOf({ first_name: first, last_name: last }: Posted): string {
  return HAN.test(first + last) ? `${last}${first}` : `${first} ${last}`.trim();
}

function cardOf(given: Posted, purpose: Card["purpose"], { locale }: AddressRequest): Card {
  const contact = [given.phone, given.email].filter(Boolean).join(" ");
  const name = nameOf(given);
  const chinese = HAN.test(given.description) || locale === "zh-CN";
  const where = given.address_string && `\n\n${chinese ? "地点：" : "Place: "}${given.address_string}`;
  const [first = ""] = given.description.split("\n", 1);
  return card.parse({
    purpose,
    title: given["attribute[title]"] || [...first].slice(0, TITLE).join(""),
    body: `${given.description}${where}`,
    desiredOutcome: given["attribute[desired]"],
    urgentSafety: given["attribute[danger]"] === "yes",
    ...(name || contact
      ? {
          anonymity: "named",
          petitioner: { name: name || (chinese ? "未留姓名" : "No name given"), kind: "citizen", contact },
        }
      : { anonymity: "anonymous" }),
    locale: chinese ? "zh-CN" : "en",
  });
}

export type Received =
  | { readonly referral: Referral }
  /** the fields that do not fit */
  | { readonly wrong: readonly string[] };

/**
 * Keeps what a partner posted until it is filed. The same content of the same partner on one day is one request: a client that
 * got no answer sends it again.
 */
export async function receive(ctx: JobCtx, partner: Partner, asked: AddressRequest): Promise<Received> {
  const text = new TextDecoder().decode(asked.body ?? undefined);
  const fields = Object.fromEntries(new URLSearchParams(text));
  const parsed = posted.safeParse(fields);
  const service = serviceOf(fields.service_code ?? "");
  if (!parsed.success || !service) {
    const issues = parsed.error?.issues.map((issue) => String(issue.path[0])) ?? [];
    return { wrong: [...new Set([...(service ? [] : ["service_code"]), ...issues])] };
  }
  const content = toBytes(cardOf(parsed.data, service.code, asked));
  const digest = sha256(`${dayOf(ctx.now, ctx.unit.timeZone)} ${sha256(content)}`);
  const yesterday = sha256(`${addDays(dayOf(ctx.now, ctx.unit.timeZone), -1)} ${sha256(content)}`);
  const known = (await sameAs(ctx, partner, digest)) ?? (await sameAs(ctx, partner, yesterday));
  if (known) return { referral: known };
  const id = ctx.newId();
  const fileId = await ctx.files.put(content);
  const [made] = await ctx.db
    .insert(referrals)
    .values({
      ...{ id, unitId: ctx.unit.id, direction: "in", partnerId: partner.id, way: "open311", number: id, digest },
      ...{ state: "waiting", service: service.code, fileId, at: ctx.now, changedAt: ctx.now },
    })
    .onConflictDoNothing()
    .returning();
  if (made) return { referral: made };
  await ctx.files.remove(fileId);
  const other = await sameAs(ctx, partner, digest);
  if (!other) throw new Error("a request that was there is gone");
  return { referral: other };
}

async function sameAs(ctx: JobCtx, partner: Partner, digest: string): Promise<Referral | undefined> {
  const [found] = await ctx.db
    .select()
    .from(referrals)
    .where(and(eq(referrals.partnerId, partner.id), eq(referrals.digest, digest), eq(referrals.direction, "in")));
  return found;
}
