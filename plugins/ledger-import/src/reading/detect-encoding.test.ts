import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { detectEncoding, type Encoding, encodings } from "@doorstep/sdk/sheets";
import fc from "fast-check";
import iconv from "iconv-lite";
import { expect, test } from "vitest";
import { sharedData } from "../testing/shared-data.ts";

const simplified =
  "编号,主题,内容\r\n1,关于小区物业管理的问题,您好，我们小区的物业长期不作为，请有关部门尽快核实处理，谢谢！\r\n";
const traditional =
  "編號,主題,內容\r\n1,關於社區管理的問題,您好，我們社區的管理單位長期不作為，請有關部門儘快核實處理，謝謝！\r\n";

test.each<[string, Encoding, string, Encoding]>([
  ["UTF-8 with its mark", "utf-8", `\uFEFF${simplified}`, "utf-8"],
  ["UTF-8 without", "utf-8", simplified, "utf-8"],
  ["GBK", "gbk", simplified, "gbk"],
  ["GB18030 with a character that GBK lacks", "gb18030", `${simplified}2,㐀𠮷,©`, "gb18030"],
  ["Big5", "big5", traditional, "big5"],
  ["Latin letters only", "utf-8", "id,subject\n1,Heating\n", "utf-8"],
  ["UTF-16 of a spreadsheet", "utf-16le", "\uFEFFid,subject\n1,Heating\n", "utf-16le"],
  ["UTF-16 without its mark", "utf-16be", "id,subject,text\n1,Heating,It is cold\n", "utf-16be"],
])("%s is recognised", (_, written, text, expected) => {
  const bytes = iconv.encode(text, written);

  const [best] = detectEncoding(bytes);

  expect(best?.encoding).toBe(expected);
});

test("a UTF-8 file with a few broken bytes is still taken for UTF-8, and says so", () => {
  const bytes = Buffer.concat([
    Buffer.from(simplified.repeat(20)),
    Buffer.from([0xff, 0xfe, 0x80]),
    Buffer.from(simplified),
  ]);

  const [best] = detectEncoding(bytes);

  expect(best).toMatchObject({ encoding: "utf-8", evidence: "damagedUtf8", params: { invalid: 3 } });
});

test("where a sample ends in the middle of a character nothing is held against it", () => {
  const bytes = Buffer.from(simplified);
  for (let cut = 1; cut < 12; cut += 1)
    expect(detectEncoding(bytes.subarray(0, bytes.length - cut))[0]).toMatchObject({ encoding: "utf-8", score: 1 });
});

test("any bytes at all give a guess or none, never an error", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      for (const guess of detectEncoding(bytes)) {
        expect(encodings).toContain(guess.encoding);
        expect(guess.score).toBeGreaterThan(0);
        expect(guess.score).toBeLessThanOrEqual(1);
      }
    }),
  );
});

const files = [
  ["zh_messages/ledger_200_gbk.csv", "gbk"],
  ["zh_messages/ledger_200_gb18030.csv", "gb18030"],
  ["zh_messages/ledger_200_utf8bom.csv", "utf-8"],
  ["zh_messages/messages_replied_part.csv", "utf-8"],
  ["en_nyc_council/constituent_cases_2019_6units.csv", "utf-8"],
  ["encodings/gbk.txt", "gbk"],
  ["encodings/gb2312.txt", "gbk"],
  ["encodings/big5.txt", "big5"],
] as const;
test.skipIf(!sharedData).each(files)("the sample %s is %s", (file, expected) => {
  const path = join(sharedData ?? "", file);
  if (!existsSync(path)) return expect.fail(`${path} is missing`);

  const [best] = detectEncoding(readFileSync(path).subarray(0, 256 * 1024));

  expect(best?.encoding).toBe(expected);
});
