import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { createPlaces } from "./places.ts";

test("only so many are in at once, and the others come in their order", async () => {
  const places = createPlaces(2, 60_000);
  const [order, most] = [[] as number[], [] as number[]];
  let inside = 0;
  const work = async (n: number): Promise<void> => {
    const leave = await places.enter();
    inside += 1;
    order.push(n);
    most.push(inside);
    await setTimeout(1);
    inside -= 1;
    leave();
    leave();
  };

  await Promise.all(Array.from({ length: 20 }, (_, n) => work(n)));

  expect(Math.max(...most)).toBe(2);
  expect(order).toEqual(Array.from({ length: 20 }, (_, n) => n));
});

test("who takes too long gives the place up, once", async () => {
  const places = createPlaces(1, 20);
  const leave = await places.enter();
  const next = await places.enter();
  leave();
  let isThirdIn = false;
  const third = places.enter().then((leaveThird) => {
    isThirdIn = true;
    leaveThird();
  });
  await Promise.resolve();
  expect(isThirdIn).toBe(false);
  next();
  await third;
});
