/** What a refused call carries to the browser: the code is the i18n key and the anchor in docs/errors.md. */
export interface ErrorShape {
  message: string;
  code: number;
  data: {
    code: string;
    httpStatus: number;
    path?: string;
    params: Record<string, string | number>;
    reasons: { code: string; params?: Record<string, string | number> }[];
    /** field path -> message code */
    fields: Record<string, string>;
    requestId: string;
  };
}
