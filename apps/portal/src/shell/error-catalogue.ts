/** Apart from the first page: the sentences for every refusal, in both languages. */
export { errorText } from "@doorstep/contracts";
