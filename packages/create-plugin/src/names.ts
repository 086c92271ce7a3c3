import { CreateError } from "./create-error.ts";

const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const KEY = /^[a-z][a-zA-Z0-9]*$/;
/** The longest id that a schema of the database, a URL and the list of modules take. */
const ID_LENGTH = 40;

/** @throws CreateError */
export function checkId(id: string): void {
  if (!ID.test(id) || id.length > ID_LENGTH)
    throw new CreateError(`"${id}" is no id: small letters, digits and single hyphens, ${ID_LENGTH} at most`);
}

/** @throws CreateError */
export function checkedKey(key: string): string {
  if (!KEY.test(key) || key.length > ID_LENGTH)
    throw new CreateError(`"${key}" is no name for a piece: letters and digits, a small letter first`);
  return key;
}

/** `openBoxes` as a file is called: `open-boxes` */
export const kebab = (key: string): string => key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** `openBoxes` as a table is called: `open_boxes` */
export const snake = (key: string): string => kebab(key).replaceAll("-", "_");

/** `openBoxes` as a component is called: `OpenBoxes` */
export const pascal = (key: string): string => `${key.charAt(0).toUpperCase()}${key.slice(1)}`;
