import shell from "../shell/en.json" with { type: "json" };
import account from "./account/en.json" with { type: "json" };
import ownCase from "./case/en.json" with { type: "json" };
import type zh from "./catalog-zh-cn.ts";
import file from "./file/en.json" with { type: "json" };
import home from "./home/en.json" with { type: "json" };
import mine from "./mine/en.json" with { type: "json" };
import print from "./print/en.json" with { type: "json" };
import receipt from "./receipt/en.json" with { type: "json" };
import rights from "./rights/en.json" with { type: "json" };
import signIn from "./sign-in/en.json" with { type: "json" };
import track from "./track/en.json" with { type: "json" };

/** The annotation is the proof that no English text is missing. */
const catalog: typeof zh = { shell, account, home, file, track, case: ownCase, mine, rights, signIn, print, receipt };

// biome-ignore lint/style/noDefaultExport: a catalogue is loaded by language, as one value
export default catalog;
