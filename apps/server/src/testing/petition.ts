/** A petition as a page sends it, by name; a test changes what it is about. */
export const petition = (key: string, unitId: string | undefined, more: object = {}) => ({
  key,
  unitId,
  channel: "online-petition/online",
  via: "online",
  purpose: "solve",
  title: "营房漏雨",
  body: "雨季以来宿舍一直漏雨，已报修两次。",
  anonymity: "named",
  petitioner: { name: "王小虎", kind: "conscript", contact: "13800000000" },
  ...more,
});
