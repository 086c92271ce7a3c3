import shell from "../shell/zh-CN.json" with { type: "json" };
import account from "./account/zh-CN.json" with { type: "json" };
import ownCase from "./case/zh-CN.json" with { type: "json" };
import file from "./file/zh-CN.json" with { type: "json" };
import home from "./home/zh-CN.json" with { type: "json" };
import mine from "./mine/zh-CN.json" with { type: "json" };
import print from "./print/zh-CN.json" with { type: "json" };
import receipt from "./receipt/zh-CN.json" with { type: "json" };
import rights from "./rights/zh-CN.json" with { type: "json" };
import signIn from "./sign-in/zh-CN.json" with { type: "json" };
import track from "./track/zh-CN.json" with { type: "json" };

const catalog = { shell, account, home, file, track, case: ownCase, mine, rights, signIn, print, receipt };

// biome-ignore lint/style/noDefaultExport: a catalogue is loaded by language, as one value
export default catalog;
