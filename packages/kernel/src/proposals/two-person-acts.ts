import { refuseRepeat } from "../cases/ends.ts";
import { liftTopic } from "../cases/topic-marks.ts";
import { hold, liftHold } from "../retention/hold.ts";
import type { AnyTwoPersonAct } from "./two-person.ts";

/** Acts that one person proposes and another carries out, by their name in the life cycle. */
export const twoPersonActs: Readonly<Record<string, AnyTwoPersonAct>> = { refuseRepeat, hold, liftHold, liftTopic };
