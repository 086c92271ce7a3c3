import type { Task } from "./task.ts";

const encoder = new TextEncoder();

async function leadOf(task: Task, number: number): Promise<number> {
  const key = await crypto.subtle.importKey("raw", encoder.encode(String(number)), "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: encoder.encode(task.challenge), iterations: task.iterations };
  return new DataView(await crypto.subtle.deriveBits(how, key, 32)).getUint32(0);
}

/** Tries number after number with what the browser has natively. */
export async function findNumber(task: Task): Promise<string> {
  for (let number = 0; ; number += 1)
    if ((await leadOf(task, number)) >>> (32 - task.bits) === 0) return `${task.challenge}.${number}`;
}
