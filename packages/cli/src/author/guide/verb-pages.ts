/** What one word of the command line is for, beside its own usage. */
interface VerbPage {
  readonly about: string;
  /** run one after the other by the test; names stand for files of one folder */
  readonly examples: readonly string[];
  /** shown, and walked by a test of its own */
  readonly shown?: readonly string[];
}

/** Authors' verbs, in the order in which they are used. */
export const verbPages: Readonly<Record<string, VerbPage>> = {
  create: {
    about:
      "Makes a module in a folder outside of the platform's clone. What it is built and tested with lies packed in the folder, so that it needs nothing of the clone afterwards.",
    examples: [],
    shown: ["doorstep create my-module --title 意见箱 --title-en Box --with router,page,table"],
  },
  add: {
    about:
      "Writes one more piece into the sources of a module; what you wrote stays as it is. The lines it prints are the files it touched.",
    examples: ["doorstep add job --to my-module --name nightly", "doorstep add table --to my-module --name boxes"],
  },
  dev: {
    about:
      "Runs a platform with its demo, installs the module into it and watches its folder: a change of a page is seen at once, a change of the server half is built and put in by itself. What does not build leaves what ran before.",
    examples: [],
    shown: ["doorstep dev my-module"],
  },
  build: {
    about:
      "Makes one archive with everything the module needs: its server half in one file, its browser halves, its SQL, and `plugin.json`, which is made from the definition. The same sources give the same bytes. An archive that is not signed runs nowhere but in development.",
    examples: ["doorstep sign --new my-key", "doorstep build my-module --key my-key --out ."],
  },
  sign: {
    about:
      "Makes a key, or writes a signature into an archive that has been built. Whoever has the key can publish in your name: keep it away from the sources. `my-key.pub` goes to those who are to trust you.",
    examples: ["doorstep sign my-module-0.1.0.dsp --key my-key"],
  },
  verify: {
    about:
      "Looks into an archive without a platform: its format, every file against its hash, and whose signature it bears.",
    examples: ["doorstep verify my-module-0.1.0.dsp --trust my-key.pub"],
  },
  doctor: {
    about:
      "Says everything a platform would refuse the module for, with the code, the reason and what to do, from its archive or its folder. [All codes](../../plugin-problems.md).",
    examples: ["doorstep doctor my-module-0.1.0.dsp --trust my-key.pub", "doorstep doctor my-module"],
  },
  modules: {
    about:
      "Installs, updates, rolls back and ends modules of a running platform, as the administration does, and says whom it trusts. Needs the platform's own folder.",
    examples: [],
    shown: [
      "doorstep modules trust my-key.pub --name 本单位 --why 本单位自己的模块",
      "doorstep modules install my-module-0.1.0.dsp --approve db --why 试用",
    ],
  },
};

/** What a run of an example printed. */
export interface Ran {
  readonly line: string;
  readonly said: string;
}

/** The page of one verb. */
export function verbPage(name: string, usage: string, ran: readonly Ran[]): string {
  const page = verbPages[name];
  const examples = [...(page?.shown ?? []).map((line) => ({ line, said: "" })), ...ran];
  return [
    `# \`doorstep ${name}\``,
    "",
    page?.about ?? "",
    "",
    "```",
    usage,
    "```",
    "",
    "## For example",
    "",
    "```",
    ...examples.flatMap(({ line, said }) => [`$ ${line}`, ...said.split("\n").filter(Boolean)]),
    "```",
    "",
  ].join("\n");
}
