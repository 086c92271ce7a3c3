// Runs in the browser before any app is built; what it says stands in both languages at the end.
const at = (id) => document.getElementById(id);
const token = location.hash.slice(1);
let language = navigator.language?.startsWith("zh") ? "zh" : "en";
let password = "";
let connection = "";

/** The refusals this page can meet, by their code. */
class Refusal extends Error {
  constructor(code, params) {
    super(code);
    this.code = code;
    this.params = params ?? {};
  }
}

async function post(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(answer.code ?? "unexpected", answer.params);
  return answer;
}

const say = (key, params = {}) =>
  (texts[key] ?? texts.unexpected)[language].replace(/\{(\w+)\}/g, (_, name) => params[name] ?? "–");

function write() {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.title = say("pageTitle");
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = say(element.dataset.text);
  at("connection").textContent = connection ? say(connection) : "";
  at("language").textContent = language === "zh" ? "English" : "中文";
  at("language").lang = language === "zh" ? "en" : "zh-CN";
  at("qr").alt = say("qrAlt");
}

function showProblem(lines) {
  const box = at("problem");
  box.replaceChildren();
  box.hidden = lines.length === 0;
  if (lines.length === 0) return;
  const list = document.createElement("ul");
  for (const line of lines) {
    const item = document.createElement("li");
    item.textContent = line;
    list.append(item);
  }
  box.append(...(lines.length === 1 ? [document.createTextNode(lines[0])] : [say("problems"), list]));
  box.focus();
}

function show(id) {
  showProblem([]);
  for (const part of ["house", "factor", "done"]) at(part).hidden = part !== id;
  at(id).querySelector("h1").focus();
}

/** Marks what is missing; gives one sentence for each. */
function faults(form) {
  const found = [];
  for (const input of form.querySelectorAll("input")) {
    const wrong = !input.checkValidity();
    input.setAttribute("aria-invalid", String(wrong));
    if (wrong) {
      const group = input.closest("fieldset")?.querySelector("legend")?.textContent;
      const name = input.closest("label").querySelector("span").textContent;
      found.push(say("check", { field: group ? `${group} · ${name}` : name }));
    }
  }
  return found;
}

async function submitted(event, work) {
  event.preventDefault();
  const form = event.currentTarget;
  const wrong = faults(form);
  if (wrong.length > 0) return showProblem(wrong);
  const button = form.querySelector("button.main");
  button.disabled = true;
  try {
    await work(new FormData(form));
  } catch (error) {
    showProblem([say(error.code ?? "unexpected", error.params)]);
  } finally {
    button.disabled = false;
  }
}

const unit = (data, of) => {
  const zh = data.get(`${of}Zh`).trim();
  return { code: data.get(`${of}Code`).trim(), name: { "zh-CN": zh, en: data.get(`${of}En`).trim() || zh } };
};

async function found(data) {
  if (data.get("password") !== data.get("again")) throw new Refusal("passwordsDiffer");
  password = data.get("password");
  const administrator = { name: data.get("name"), username: data.get("username"), password };
  const answer = await post("/api/setup/found", {
    token,
    organisation: unit(data, "org"),
    ...(data.get("unitZh").trim() && { firstUnit: unit(data, "unit") }),
    timeZone: data.get("timeZone"),
    calendarRegion: data.get("calendarRegion"),
    administrator,
  });
  at("recovery").hidden = answer.recoveryKey === null;
  at("recoveryKey").textContent = answer.recoveryKey ?? "";
  at("keyFile").textContent = answer.keyFile ?? "";
  history.replaceState(null, "", "/setup");
  await post("/api/auth/sign-in/username", { username: administrator.username, password });
  const factor = await post("/api/auth/two-factor/enable", { password });
  at("qr").src = factor.qr;
  at("secret").textContent = new URL(factor.totpURI).searchParams.get("secret").replace(/(.{4})(?=.)/g, "$1 ");
  for (const code of factor.backupCodes) {
    const item = document.createElement("li");
    item.textContent = code;
    at("codes").append(item);
  }
  show("factor");
}

async function confirmFactor(data) {
  await post("/api/auth/two-factor/verify-totp", { code: data.get("code").replace(/\s/g, "") });
  password = "";
  show("done");
}

async function begin() {
  write();
  try {
    const known = await post("/api/setup/check", { token });
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    for (const name of known.timeZones) {
      at("house").elements.timeZone.add(
        new Option(name, name, false, name === (zone === "UTC" ? "Asia/Shanghai" : zone)),
      );
    }
    for (const { region, officialUntil } of known.calendars) {
      at("house").elements.calendarRegion.add(new Option(`${region} (${officialUntil})`, region));
    }
    connection = known.https ? "secure" : "onThisMachine";
    write();
    show("house");
  } catch (error) {
    showProblem([say(error.code ?? "unexpected", error.params)]);
  }
}

/** English of what stands in the page in Chinese. */
const english = {
  title: "Set-up",
  intro:
    "This is filled in once; the link is dead afterwards. Everything but the password can be changed later on the administrators' pages.",
  organisation: "Organisation",
  nameZh: "Name in Chinese",
  nameEn: "Name in English (may stay empty)",
  code: "Unit code",
  codeHint: "2 to 20 letters, digits or hyphens; it stands in the QR code of the notice board.",
  firstUnit: "First unit below (may stay empty)",
  unitHint: "Without one, the organisation takes petitions in itself.",
  dates: "Dates and periods",
  timeZone: "Time zone",
  calendar: "Calendar of working days (official until)",
  calendarHint: "Periods count the working days and holidays of this calendar.",
  administrator: "First administrator",
  personName: "Name",
  username: "User name",
  password: "Password",
  passwordHint: "At least 10 characters; a sentence you remember is best.",
  again: "Password again",
  found: "Set up and go on",
  factorTitle: "Second factor",
  factorIntro: "Administrators also enter six digits of an authenticator. Scan this with an authenticator app.",
  secret: "Or type this key:",
  sixDigits: "The six digits it shows",
  confirm: "Confirm",
  doneTitle: "The set-up is done",
  doneIntro: "Print this page and keep it in a safe. It is not shown again.",
  recoveryTitle: "Recovery key",
  recoveryText:
    "Identities and files in a backup open with this key only. Without it they are lost; whoever has it can read them.",
  keyFile: "The key file on the server:",
  codesTitle: "The administrator's recovery codes",
  codesText: "If the authenticator is lost, each replaces the six digits once.",
  next: "Next: give a second administrator an account. Roles that read sensitive content need two administrators.",
  print: "Print",
  goOn: "To the administrators' pages",
};

/** What the page itself does not hold. */
const texts = {
  pageTitle: { zh: "连心桥 · 初始设置", en: "Doorstep · Set-up" },
  secure: { zh: "连接已加密。", en: "The connection is encrypted." },
  onThisMachine: {
    zh: "您正在本机上设置。供他人使用前，请配置 https 地址（DOORSTEP_PUBLIC_URL）：未加密的连接不能登录。",
    en: "You are setting up on the machine itself. Before others use it, give it an https address (DOORSTEP_PUBLIC_URL): nobody can sign in over an unencrypted connection.",
  },
  qrAlt: {
    zh: "验证器二维码，也可手工输入下面的密钥",
    en: "QR code for the authenticator; the key below can be typed instead",
  },
  problems: { zh: "请检查以下内容：", en: "Please check the following:" },
  check: { zh: "请正确填写“{field}”。", en: "Fill in “{field}”." },
  passwordsDiffer: { zh: "两次输入的密码不同。", en: "The two passwords differ." },
  unexpected: { zh: "出错了，请稍后再试。", en: "Something went wrong. Try again later." },
  "setup.done": { zh: "系统已完成初始设置，请登录。", en: "The set-up is done. Sign in." },
  "setup.link": {
    zh: "设置链接无效或已使用，请使用启动时显示的链接。",
    en: "The set-up link is wrong or used. Use the one printed at start.",
  },
  "account.insecure": {
    zh: "非加密连接不能进行设置。请在服务器本机上打开此页、使用 https 地址，或运行 pnpm doorstep admin create。",
    en: "This cannot be done over an unencrypted connection. Open the page on the server itself, use an https address, or run pnpm doorstep admin create.",
  },
  "account.passwordShort": { zh: "密码至少 {min} 位。", en: "A password has at least {min} characters." },
  "account.passwordKnown": {
    zh: "该密码过于常见或包含账号，请换一个。",
    en: "This password is too common or holds the user name. Choose another.",
  },
  "account.codeWrong": {
    zh: "验证码不正确，请输入最新的六位数字。",
    en: "The code is wrong. Enter the newest six digits.",
  },
  "unit.codeTaken": { zh: "两个单位的代码不能相同。", en: "The two units need different codes." },
  "unit.timeZone": { zh: "请选择时区。", en: "Choose a time zone." },
  "input.invalid": {
    zh: "有内容填写不符合要求，请检查后再提交。",
    en: "Something is not filled in as needed. Check and send again.",
  },
  "request.tooMany": {
    zh: "操作过于频繁，请 {seconds} 秒后再试。",
    en: "Too many requests. Try again in {seconds} seconds.",
  },
};
for (const element of document.querySelectorAll("[data-text]")) {
  const key = element.dataset.text;
  texts[key] ??= { zh: element.textContent, en: english[key] };
}

at("language").addEventListener("click", () => {
  language = language === "zh" ? "en" : "zh";
  write();
});
at("house").addEventListener("submit", (event) => void submitted(event, found));
at("factor").addEventListener("submit", (event) => void submitted(event, confirmFactor));
at("print").addEventListener("click", () => print());
// Another link pasted into the same window.
addEventListener("hashchange", () => location.reload());
await begin();
