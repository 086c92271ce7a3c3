export type { AccountHolder, AccountState, Accounts, Slip, Transaction } from "./accounts.ts";
export { conflictsOf } from "./candidates.ts";
export { createPerson, usernameOf } from "./change-person.ts";
export { peopleHandlers } from "./handlers.ts";
export { rolesWithSecondFactor } from "./second-factor.ts";
