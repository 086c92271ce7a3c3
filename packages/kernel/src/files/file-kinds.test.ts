import { expect, test } from "vitest";
import { ByteReader } from "./byte-reader.ts";
import { kindOf } from "./file-kinds.ts";

async function kind(text: string): Promise<string> {
  async function* bytes() {
    yield Buffer.from(text);
  }
  return await kindOf(new ByteReader(bytes())).catch((error: { readonly code: string }) => error.code);
}

test("an e-mail is told by its head, and nothing else that is text is kept", async () => {
  expect(await kind("Received: by mx\r\n with SMTP\r\nFrom: a@example.org\r\nSubject: x\r\n\r\nbody")).toBe(
    "message/rfc822",
  );
  expect(await kind("Subject: x\nFrom: a@example.org\n\nbody")).toBe("message/rfc822");
  expect(await kind("")).toBe("file.empty");
  for (const other of [
    "From here to there, a note.\n",
    "Subject: x\r\n\r\nFrom: in the body\r\n",
    "<html>\r\nFrom: a@example.org\r\n\r\n</html>",
    "#!/bin/sh\nFrom: a\n",
    "just words",
  ])
    expect(await kind(other), other).toBe("file.type");
});
