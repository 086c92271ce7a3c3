import type { Text } from "@doorstep/contracts";
import type { Problem } from "../registry.ts";

interface Entry {
  readonly message: Text;
  readonly fix: Text;
}

const entry = (zh: string, en: string, fixZh: string, fixEn: string): Entry => ({
  message: { "zh-CN": zh, en },
  fix: { "zh-CN": fixZh, en: fixEn },
});

/** Everything that can be wrong with a plugin at start or later; `{name}` is a param. */
export const problemTexts = {
  "plugin.safeMode": entry(
    "安全模式：本次启动没有加载任何模块。",
    "Safe mode: no module was loaded at this start.",
    "去掉 DOORSTEP_SAFE_MODE 后重新启动。",
    "Start again without DOORSTEP_SAFE_MODE.",
  ),
  "plugin.loadFailed": entry(
    "模块代码无法加载：{error}",
    "The module's code could not be loaded: {error}",
    "查看服务器日志，更换或移除该模块后重新启动。",
    "Look in the server's log, replace or remove the module and start again.",
  ),
  "plugin.loadTimeout": entry(
    "模块在 {seconds} 秒内没有完成加载。",
    "The module was not ready within {seconds} seconds.",
    "重新启动一次；仍然如此则更换或移除该模块。",
    "Start once more; if it stays so, replace or remove the module.",
  ),
  "plugin.noDefinition": entry(
    "模块没有给出 pluginServer(...) 的定义。",
    "The module does not give a pluginServer(...) as its default export.",
    "请模块作者更正 server.ts。",
    "Ask the module's author to correct server.ts.",
  ),
  "plugin.idDiffers": entry(
    "模块声明的编号“{id}”与安装的编号“{expected}”不同。",
    "The module calls itself “{id}” but is installed as “{expected}”.",
    "请模块作者更正编号。",
    "Ask the module's author to correct the id.",
  ),
  "plugin.idRepeated": entry(
    "有两个模块使用编号“{id}”，只加载了第一个。",
    "Two modules have the id “{id}”; only the first was loaded.",
    "移除其中一个。",
    "Remove one of them.",
  ),
  "plugin.noVersion": entry(
    "模块的 package.json 没有可用的版本号。",
    "The module's package.json has no usable version.",
    "请模块作者补上版本号。",
    "Ask the module's author to give it a version.",
  ),
  "plugin.sdkRange": entry(
    "模块需要开发包 {range}，本平台为 {version}。",
    "The module needs SDK {range}; this platform has {version}.",
    "换用与本平台相符的模块版本，或升级平台。",
    "Take a version of the module made for this platform, or upgrade the platform.",
  ),
  "plugin.sdkFloor": entry(
    "模块用到了开发包 {floor} 才有的内容，本平台为 {version}。",
    "The module uses what came with SDK {floor}; this platform has {version}.",
    "升级平台，或换用较早的模块版本。",
    "Upgrade the platform, or take an earlier version of the module.",
  ),
  "plugin.pointUnknown": entry(
    "模块使用了本平台没有的扩展点“{point}”。",
    "The module uses the point “{point}”, which this platform does not have.",
    "升级平台，或换用较早的模块版本。",
    "Upgrade the platform, or take an earlier version of the module.",
  ),
  "plugin.capabilityUnknown": entry(
    "模块申请了本平台没有的权限“{capability}”。",
    "The module asks for “{capability}”, which this platform cannot grant.",
    "升级平台，或换用较早的模块版本。",
    "Upgrade the platform, or take an earlier version of the module.",
  ),
  "plugin.capabilityMissing": entry(
    "模块要做的事需要权限“{capability}”，但没有申请。",
    "What the module does needs “{capability}”, which it does not ask for.",
    "请模块作者把这项权限写进定义。",
    "Ask the module's author to name it in the definition.",
  ),
  "plugin.nameReserved": entry(
    "模块使用了平台保留的名称“{name}”。",
    "The module uses the name “{name}”, which is the platform's own.",
    "请模块作者改名。",
    "Ask the module's author to rename it.",
  ),
  "plugin.permissionUnknown": entry(
    "过程“{procedure}”要求的权限“{permission}”没有声明。",
    "The procedure “{procedure}” needs “{permission}”, which is not declared.",
    "请模块作者更正。",
    "Ask the module's author to correct it.",
  ),
  "plugin.jobInterval": entry(
    "定时任务“{job}”的间隔“{every}”无法识别：应在 1 分钟到 366 天之间，如 30m、6h、1d。",
    "The job “{job}” comes every “{every}”, which is no length from 1 minute to 366 days, such as 30m, 6h or 1d.",
    "请模块作者更正间隔。",
    "Ask the module's author to correct it.",
  ),
  "plugin.datasetShape": entry(
    "统计数据集“{dataset}”中的“{name}”不合要求：名称应为字母和数字（如 inTime），维度最多 6 个，每个 1 到 60 个取值，指标最多 20 个。",
    "“{name}” of the dataset “{dataset}” does not fit: names are letters and digits such as inTime; there are at most 6 dimensions of 1 to 60 values, and 20 measures.",
    "请模块作者更正。",
    "Ask the module's author to correct it.",
  ),
  "plugin.addressShape": entry(
    "网址“{address}”中的“{name}”不合要求：名称应为小写字母、数字和连字符，至少一种方法，接收的内容类型如 application/json，大小不超过 16 MB，每分钟不超过 600 次。",
    "“{name}” of the address “{address}” does not fit: names are lower-case letters, digits and hyphens; there is at least one method; what is accepted is a media type such as application/json, of 16 MB at most, 600 times a minute at most.",
    "请模块作者更正。",
    "Ask the module's author to correct it.",
  ),
  "plugin.settingsDefault": entry(
    "模块设置缺少默认值：{keys}",
    "These settings have no default: {keys}",
    "请模块作者补上默认值。",
    "Ask the module's author to give them defaults.",
  ),
  "plugin.requiresMissing": entry(
    "需要的模块“{need}”没有安装。",
    "The module “{need}”, which it requires, is not installed.",
    "安装“{need}”后重新启动。",
    "Install “{need}” and start again.",
  ),
  "plugin.requiresVersion": entry(
    "需要“{need}” {range}，现有 {version}。",
    "It requires “{need}” {range}; {version} is installed.",
    "安装相符的版本后重新启动。",
    "Install a version that fits and start again.",
  ),
  "plugin.requiresRejected": entry(
    "需要的模块“{need}”不能运行。",
    "The module “{need}”, which it requires, cannot run.",
    "先解决“{need}”的问题。",
    "Solve the problem of “{need}” first.",
  ),
  "plugin.requiresCycle": entry(
    "模块相互依赖成环：{ring}",
    "These modules require each other: {ring}",
    "请模块作者去掉其中一个依赖。",
    "Ask the authors to remove one of the requirements.",
  ),
  "plugin.roleFailed": entry(
    "无法为模块建立数据库账号：{error}",
    "The module's database login could not be made: {error}",
    "检查平台数据库账号的权限（CREATEROLE）后重新启动。",
    "Check that the platform's database login may create roles, then start again.",
  ),
  "plugin.migrationNotAdding": entry(
    "迁移文件“{file}”不是只增不改：{statement}",
    "The migration “{file}” does more than add: {statement}",
    "请模块作者改为只增加的迁移。",
    "Ask the module's author for a migration that only adds.",
  ),
  "plugin.migrationFailed": entry(
    "迁移失败，已回退：{error}",
    "A migration failed and was rolled back: {error}",
    "数据没有改变。查看服务器日志，换用更正后的模块版本。",
    "No data was changed. Look in the server's log and install a corrected version.",
  ),
  "plugin.packInvalid": entry(
    "政策包或日历“{id}”不符合格式，没有安装：{error}",
    "The policy pack or calendar “{id}” is not valid and was not installed: {error}",
    "请模块作者更正；已安装的版本继续有效。",
    "Ask the module's author to correct it; what was installed before stays in force.",
  ),
  "plugin.packChanged": entry(
    "“{id}”已安装，但内容与此次不同，未覆盖。",
    "“{id}” is installed with other content; nothing was overwritten.",
    "内容有变时请模块作者给出新版本号。",
    "Ask the module's author to give changed content a new version.",
  ),
  "plugin.archiveUnreadable": entry(
    "模块包无法读取：{error}",
    "The module's archive cannot be read: {error}",
    "重新取得 .dsp 文件；仍然如此请联系模块作者。",
    "Get the .dsp file once more; if it stays so, ask the module's author.",
  ),
  "plugin.archiveManifest": entry(
    "模块包中没有本平台能读的 plugin.json。",
    "The archive has no plugin.json that this platform can read.",
    "用 doorstep build 重新制作模块包，或升级平台。",
    "Make the archive anew with doorstep build, or upgrade the platform.",
  ),
  "plugin.archiveFile": entry(
    "模块包中的文件“{file}”与清单不符。",
    "The file “{file}” in the archive is not the one its manifest names.",
    "不要安装。重新从发布者处取得模块包。",
    "Do not install it. Get the archive from its publisher again.",
  ),
  "plugin.unsigned": entry(
    "模块包没有签名。",
    "The archive is not signed.",
    "请发布者签名（doorstep sign），或只在开发环境中安装。",
    "Ask its publisher to sign it (doorstep sign), or install it for development only.",
  ),
  "plugin.publisherUnknown": entry(
    "签名的密钥 {key} 不在受信任的发布者之列。",
    "It is signed with the key {key}, which is not among the trusted publishers.",
    "先向发布者核对密钥，再由管理员加入受信任的发布者。",
    "Check the key with its publisher; then an administrator can add it to the trusted ones.",
  ),
  "plugin.signatureWrong": entry(
    "模块包的签名与内容不符。",
    "The archive's signature does not match its content.",
    "不要安装。重新从发布者处取得模块包。",
    "Do not install it. Get the archive from its publisher again.",
  ),
  "plugin.crashed": entry(
    "模块进程中断：{error}",
    "The module's process ended: {error}",
    "平台会自动重启它；反复中断时会被隔离。",
    "The platform starts it again; if it keeps ending it is quarantined.",
  ),
  "plugin.quarantined": entry(
    "模块在十分钟内中断 {count} 次，已隔离，不再运行。",
    "The module ended {count} times within ten minutes and is quarantined; it does not run.",
    "查看原因后由管理员解除隔离，或换用其他版本。",
    "Look for the cause; then an administrator releases it or installs another version.",
  ),
  "plugin.paused": entry(
    "模块的“{kind}”接连出错，已暂停调用，平台会自动再试。",
    "It kept failing at this and is paused; the platform tries again by itself: {kindEn}",
    "其他功能不受影响。查看模块的健康情况，必要时在单位停用或退回上一版本。",
    "Everything else works. Look at the module's health; switch it off or go back a version where needed.",
  ),
} as const satisfies Record<string, Entry>;

export type ProblemCode = keyof typeof problemTexts;

const fill = (text: Text, params: Readonly<Record<string, string | number>>): Text => ({
  "zh-CN": text["zh-CN"].replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? "–")),
  en: text.en.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? "–")),
});

/** A problem in words: what it is and what to do. */
export function problem(code: ProblemCode, params: Readonly<Record<string, string | number>> = {}): Problem {
  const found: Entry = problemTexts[code];
  return { code, message: fill(found.message, params), fix: fill(found.fix, params) };
}

/** One short line of whatever was thrown. */
export const lineOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0]?.slice(0, 300) ?? "";
