import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { caller, refusalOf } from "../testing/call.ts";
import { openTestKernel } from "../testing/index.ts";
import { register, rows, staffOf } from "../testing/story.ts";
import { intakeHandlers } from "./handlers.ts";

const BODY = "三月调动后津贴少发一档，财务一直让等。";

test("a receipt proves number, time and text to whoever is shown it, and nothing else is answered", async () => {
  await using t = await openTestKernel();
  const { intake } = caller(t.kernel, { intake: intakeHandlers })(undefined);
  for (const purpose of ["solve", "accuse"] as const) {
    const petition = {
      key: t.key(),
      unitId: t.units.first,
      channel: "online-petition/online",
      via: "online" as const,
      purpose,
      title: "津贴",
      body: BODY,
      anonymity: "anonymous" as const,
    };
    const filed = await intake.file(petition);
    expect(filed.proof).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
    expect((await intake.file(petition)).proof).toBe(filed.proof);
    const { caseNo, proof } = filed;
    const shown = {
      receivedAt: filed.receivedAt,
      timeZone: "Asia/Shanghai",
      digest: createHash("sha256").update(BODY).digest("hex"),
    };
    expect(await intake.verifyReceipt({ caseNo, proof })).toEqual({ ...shown, textMatches: null });
    // as copied from paper
    const copied = { caseNo: ` ${caseNo.toLowerCase()}`, proof: proof.toLowerCase().replaceAll("-", " ") };
    expect(await intake.verifyReceipt({ ...copied, text: BODY })).toEqual({ ...shown, textMatches: true });
    expect((await intake.verifyReceipt({ caseNo, proof, text: `${BODY}改` })).textMatches).toBe(false);

    const wrong = `${proof.slice(0, -1)}${proof.endsWith("0") ? "1" : "0"}`;
    expect(await refusalOf(intake.verifyReceipt({ caseNo, proof: wrong }))).toBe("receipt.unknown");
    expect(await refusalOf(intake.verifyReceipt({ caseNo: "2026-000000-0", proof }))).toBe("receipt.unknown");
    expect(await refusalOf(intake.verifyReceipt({ caseNo, proof: filed.returnCode }))).toBe("receipt.unknown");
  }
});

test("what happens to the petition afterwards does not spoil the receipt; another time or text does", async () => {
  await using t = await openTestKernel();
  const s = await staffOf(t);
  const { intake } = caller(t.kernel, { intake: intakeHandlers })(undefined);
  const { caseNo, proof } = await intake.file({
    key: t.key(),
    unitId: t.units.first,
    channel: "online-petition/online",
    via: "online",
    purpose: "solve",
    title: "津贴",
    body: BODY,
    anonymity: "anonymous",
  });
  const [found] = await rows<{ id: string }>(t, "select id from kernel.cases where case_no = $1", [caseNo]);
  t.clock.advance({ days: 2 });
  await register(t, s, found?.id ?? "");
  expect(await intake.verifyReceipt({ caseNo, proof, text: BODY })).toMatchObject({ textMatches: true });
  await t.database.pool.query("update kernel.cases set received_at = received_at - interval '1 day'");
  expect(await refusalOf(intake.verifyReceipt({ caseNo, proof }))).toBe("receipt.unknown");
});
