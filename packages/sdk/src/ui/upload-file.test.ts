import { expect, test } from "vitest";
import { readUpload, UploadError } from "./upload-file.ts";

test("a kept file gives its id", () => {
  const body = JSON.stringify({ result: { data: { id: "f1", name: "1.jpg", size: 3, type: "image/jpeg" } } });

  expect(readUpload(body).id).toBe("f1");
});

test("a refused file keeps the code of its sentence and its numbers", () => {
  const body = JSON.stringify({
    error: { message: "file.tooLarge", data: { code: "file.tooLarge", params: { maxMb: 20 } } },
  });

  expect(() => readUpload(body)).toThrow(UploadError);
  try {
    readUpload(body);
  } catch (error) {
    expect((error as UploadError).data).toEqual({ code: "file.tooLarge", params: { maxMb: 20 } });
  }
});

test.each(["", "<html>Bad gateway</html>", "{}"])("an answer from in between (%j) is a general failure", (body) => {
  expect(() => readUpload(body)).toThrow("unexpected");
});
