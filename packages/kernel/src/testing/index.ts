export { openTestKernel, type TestClock, type TestKernel, type TestUnit } from "./test-kernel.ts";
export { testCalendar, testPack } from "./test-policy.ts";
