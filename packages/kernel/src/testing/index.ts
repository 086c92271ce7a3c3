export type { LeakCase } from "../leaks/leak-cases.ts";
export { absent, type LeakWorld, openLeakWorld, tells } from "../leaks/leak-world.ts";
export { type Relation, readsCovered, relations, seesAtDesk } from "../leaks/model.ts";
export { smallFont } from "./small-font.ts";
export { file as fileForTest, inHandling as inHandlingForTest, staffOf as staffForTest } from "./story.ts";
export { openTestKernel, type TestClock, type TestKernel, type TestUnit, testMonths } from "./test-kernel.ts";
export { testCalendar, testPack } from "./test-policy.ts";
