import type { KernelRouter } from "@doorstep/kernel/contract";
import { createTRPCClient, httpLink } from "@trpc/client";

const c = createTRPCClient<KernelRouter>({ links: [httpLink({ url: "" })] });
export async function x(): Promise<string> {
  const me = await c.session.me.query({});
  // @ts-expect-error wrong input
  await c.cases.get.query({ nope: 1 });
  const q = await c.cases.list.query({ view: "mine" });
  // @ts-expect-error unknown field
  q.items[0]?.zzz;
  return `${me?.name}${q.items[0]?.caseNo}`;
}
