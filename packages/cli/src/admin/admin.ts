import { parseArgs } from "node:util";
import { DoorstepError, personKinds, serviceNumber, text, unitCode } from "@doorstep/contracts";
import { z } from "zod";
import { type Output, UsageError, type Verb } from "../verb.ts";
import { withPlatform } from "../with-platform.ts";

const createOptions = z.object({
  username: serviceNumber,
  name: text(60),
  kind: z.enum(personKinds).default("officer"),
  organisation: text(200).optional(),
  "organisation-en": text(200).optional(),
  code: unitCode.default("root"),
  "time-zone": z.string().max(60).default("Asia/Shanghai"),
  calendar: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,19}$/)
    .default("cn"),
});
const resetOptions = z.object({ username: serviceNumber, "keep-second-factor": z.boolean().default(false) });

/** Reads `--key value` options as a schema wants them. */
function optionsOf<T>(schema: z.ZodType<T>, known: readonly string[], args: readonly string[]): T {
  try {
    const flags = known.map((name) => [name, { type: name === "keep-second-factor" ? "boolean" : "string" }] as const);
    const { values } = parseArgs({ args: [...args], options: Object.fromEntries(flags) });
    return schema.parse(values);
  } catch (error) {
    if (error instanceof z.ZodError) {
      throw new UsageError(`Missing or wrong: ${error.issues.map((issue) => `--${issue.path.join(".")}`).join(", ")}.`);
    }
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function printSlip(
  output: Output,
  slip: { readonly username: string; readonly oneTimePassword: string; readonly validUntil: string },
): number {
  if (output.json) output.out(JSON.stringify({ ok: true, ...slip }));
  else {
    output.out(`账号 User name: ${slip.username}`);
    output.out(`一次性密码 One-time password: ${slip.oneTimePassword}`);
    output.out(`有效期至 Valid until: ${slip.validUntil}（首次登录须修改 must be changed at the first sign-in）`);
  }
  return 0;
}

async function create(args: readonly string[], output: Output): Promise<number> {
  const given = optionsOf(createOptions, Object.keys(createOptions.shape), args);
  const house = given.organisation && {
    organisation: {
      code: given.code,
      name: { "zh-CN": given.organisation, en: given["organisation-en"] ?? given.organisation },
    },
    timeZone: given["time-zone"],
    calendarRegion: given.calendar,
  };
  const { username, name, kind } = given;
  const slip = await withPlatform(output, { plugins: [] }, (platform, { createAdministrator }) =>
    createAdministrator(platform, { username, name, kind }, house || undefined),
  ).catch((error: unknown) => {
    if (error instanceof DoorstepError && error.code === "unit.notFound")
      throw new UsageError("There is no organisation yet. Name it with --organisation.");
    throw error;
  });
  return printSlip(output, slip);
}

async function reset(args: readonly string[], output: Output): Promise<number> {
  const given = optionsOf(resetOptions, Object.keys(resetOptions.shape), args);
  const slip = await withPlatform(output, { plugins: [] }, (platform, { resetAccount }) =>
    resetAccount(platform, given.username, { resetSecondFactor: !given["keep-second-factor"] }),
  );
  return printSlip(output, slip);
}

/** `doorstep admin create|reset`: on the server's own machine, where a browser or the only administrator is missing. */
export const admin: Verb = {
  summary: "appoint an administrator, or mend an account, on the server's own machine",
  usage: [
    "doorstep admin create --username <service number> --name <name> [--kind officer]",
    "                      [--organisation <name> [--organisation-en <name>] [--code <code>] [--time-zone <zone>] [--calendar cn]]",
    "doorstep admin reset  --username <service number> [--keep-second-factor]",
  ].join("\n"),
  async run([action, ...args], output) {
    if (action === "create") return await create(args, output);
    if (action === "reset") return await reset(args, output);
    throw new UsageError("Say what to do: admin create, or admin reset.");
  },
};
