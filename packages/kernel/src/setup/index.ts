export { appointAdministrator, foundHouse, isEmptyHouse, type NewAdministrator, type NewHouse } from "./found-house.ts";
