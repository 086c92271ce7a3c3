import type { JobCtx } from "../referral-ctx.ts";

const codeIn = (address: string): string | undefined => /\/x\/referral\/([A-Za-z0-9-]+)\/packages$/.exec(address)?.[1];

/** Where packages for a partner are posted: of the addresses that the unit lists the one that names its code. */
export const addressOf = (ctx: Pick<JobCtx, "settings">, code: string): string | null =>
  ctx.settings.addresses.find((one) => codeIn(one) === code) ?? null;
