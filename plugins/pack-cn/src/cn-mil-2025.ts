import type { PolicyPackInput } from "@doorstep/sdk";
import { cnCivil2022 } from "./cn-civil-2022.ts";

type ClockRuleInput = NonNullable<PolicyPackInput["clocks"]["K1"]>;

/** Keeps a civil number and says of it what is true in the forces: nobody has checked it against their own text. */
const unverified = (rule: ClockRuleInput): ClockRuleInput => ({
  ...rule,
  standing: "unverified",
  basis: {
    "zh-CN": `军队规定期限未公开，参照${rule.basis["zh-CN"]}`,
    en: `no public military text; taken over from: ${rule.basis.en}`,
  },
});

/**
 * Provisions on Military Petition Work, in force 2025-01-01 [M24]. Their full text is not public, so every number is
 * the civil one and marked as not verified; whoever holds the text publishes the next version.
 */
export const cnMil2025: PolicyPackInput = {
  id: "cn-mil-2025",
  version: "1.1",
  inherits: "cn-civil-2022@1.1",
  title: {
    "zh-CN": "军队信访工作规定（2025，期限待核实）",
    en: "Provisions on Military Petition Work (2025, periods not verified)",
  },
  validFrom: "2025-01-01",
  verified: false,
  note: {
    "zh-CN": "《军队信访工作规定》全文未公开，本政策包的各项期限均沿用地方规定，使用前请由主管部门核对。",
    en: "The full text of the Provisions is not public. Every period is taken over from the civil rules: have it checked before use.",
  },
  clocks: Object.fromEntries(Object.entries(cnCivil2022.clocks).map(([code, rule]) => [code, unverified(rule)])),
  roleMap: {},
};

/** As it was first published, beside the civil pack of that time. */
export const cnMil2025Of10: PolicyPackInput = { ...cnMil2025, version: "1.0", inherits: "cn-civil-2022@1.0" };
