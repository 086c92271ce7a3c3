import type { CaseView, Locale, timelineItem } from "@doorstep/contracts";
import type { Content, TDocumentDefinitions } from "pdfmake/interfaces.js";
import type { z } from "zod";
import { localTimeOf } from "../clocks/local-time.ts";
import type { Face } from "../letters/letter-fonts.ts";
import { standardFonts } from "../letters/letter-fonts.ts";
import { createLayout, measuresFor, page, SIGNATURE_PICTURE } from "../letters/letter-layout.ts";
import { STANDARD } from "../letters/render-letter.ts";
import { setIn } from "../letters/set-in.ts";
import { categoryWords, channelWords, outcomeWords, reviewOutcomeWords, sayIn, trackWords } from "../letters/words.ts";
import type { LetterParts } from "../notices/letter-parts.ts";
import { purposeWords } from "./archive-words.ts";
import type { KeptFile } from "./kept-files.ts";
import type { LedgerProof } from "./ledger-proof.ts";

/** Everything that goes into the file, readable as it is. */
export interface ArchiveContent {
  readonly view: CaseView;
  readonly timeline: readonly z.output<typeof timelineItem>[];
  readonly letters: readonly LetterParts[];
  readonly files: readonly KeptFile[];
  readonly proof: LedgerProof;
  readonly made: {
    readonly by: string;
    readonly at: Date;
    readonly timeZone: string;
    readonly purpose: keyof typeof purposeWords;
  };
}

type Line = readonly [label: string, value: string | null | undefined];

const GREY = "#595959";
const SMALL = 9;
const PICTURE = { width: 440, height: 590 };
const groups = (hex: string): string => (hex.match(/.{1,8}/g) ?? []).join(" ");

/** A letter's picture of a hand has one name in every letter: here each has its own. */
function withHandsNamed<T>(part: T, name: string): T {
  if (Array.isArray(part)) return part.map((one) => withHandsNamed(one, name)) as T;
  if (part === null || typeof part !== "object") return part;
  return Object.fromEntries(
    Object.entries(part).map(([key, value]) => [
      key,
      key === "image" && value === SIGNATURE_PICTURE ? name : withHandsNamed(value, name),
    ]),
  ) as T;
}

function partsIn(locale: Locale, timeZone: string) {
  const say = sayIn(locale);
  const when = (instant: string): string => {
    const { date, time } = localTimeOf(instant, timeZone);
    return `${date} ${time}`;
  };
  const heading = (text: string, more: object = {}): Content => ({
    ...{ text, bold: true, fontSize: 15, tocItem: true, headlineLevel: 1, margin: [0, 18, 0, 8] },
    ...more,
  });
  const facts = (lines: readonly Line[]): Content => ({
    table: {
      widths: [110, "*"],
      body: lines.filter(([, value]) => value).map(([label, value]) => [{ text: label, color: GREY }, value ?? ""]),
    },
    layout: "lightHorizontalLines",
    margin: [0, 0, 0, 8],
  });
  /** An empty table is none. */
  const factsOrNone = (lines: readonly Line[]): Content =>
    lines.some(([, value]) => value) ? facts(lines) : { text: say("无", "None"), color: GREY };
  return { say, when, heading, facts, factsOrNone };
}
type Parts = ReturnType<typeof partsIn>;

function cover({ say, when, facts }: Parts, { view, made }: ArchiveContent, locale: Locale): Content[] {
  return [
    { text: say("信访事项卷宗", "Case file"), bold: true, fontSize: 26, alignment: "center", margin: [0, 60, 0, 24] },
    { text: view.title, bold: true, fontSize: 16, alignment: "center", margin: [0, 0, 0, 36] },
    facts([
      [say("编号", "Case no."), view.caseNo],
      [say("办理单位", "Held by"), view.holder.name[locale]],
      [say("收到时间", "Received"), when(view.receivedAt)],
      [say("制卷时间", "Made"), when(made.at.toISOString())],
      [say("制卷人", "Made by"), made.by],
      [say("用途", "Purpose"), purposeWords[made.purpose][locale]],
    ]),
    {
      text: say(
        "本卷宗收录制卷人当时可以查看的全部内容，包括内部意见，不得直接交给来信人。来信人身份由专人另行保管，卷宗里没有。",
        "This file holds everything that whoever made it could read then, opinions for inside use among it: do not hand it to the petitioner. Who the petitioner is lies elsewhere and does not stand in it.",
      ),
      color: GREY,
    },
    {
      toc: { title: { text: say("目录", "Contents"), bold: true, fontSize: 15, margin: [0, 24, 0, 8] } },
      pageBreak: "before",
    },
  ];
}

function matter({ say, when, heading, facts, factsOrNone }: Parts, view: CaseView, locale: Locale): Content[] {
  return [
    heading(say("一、事项", "1. The matter"), { pageBreak: "before" }),
    facts([
      [say("标题", "Title"), view.title],
      [say("类别", "Category"), view.category && categoryWords[view.category][locale]],
      [say("程序", "Track"), trackWords[view.track][locale]],
      [say("来信渠道", "Channel"), channelWords[view.channel][locale]],
      [say("接收单位", "Taken in by"), view.intakeUnit.name[locale]],
      [say("收到时间", "Received"), when(view.receivedAt)],
      [say("人数", "People"), String(view.headcount)],
      [say("被反映对象", "About"), view.respondents.map((one) => one.label).join("；")],
      [say("内容", "Text"), view.body],
      [say("以前找过谁", "Already asked"), view.alreadyTried],
      [say("希望怎么解决", "What is wished"), view.desiredOutcome],
    ]),
    heading(say("二、诉求和答复", "2. Demands and answers")),
    ...view.demands.map((d) =>
      facts([
        [say(`诉求${d.no}`, `Demand ${d.no}`), d.text],
        [say("结论", "Outcome"), d.outcome && outcomeWords[d.outcome][locale]],
        [say("查明的事实", "Facts found"), d.facts],
        [say("处理意见", "Opinion"), d.opinion],
        [say("依据", "Basis"), d.basis],
      ]),
    ),
    ...view.reviews.map((r) =>
      facts([
        [say("申请复查复核", "Review asked for"), when(r.requestedAt)],
        [say("理由", "Why"), r.text],
        [say("结论", "Outcome"), r.outcome && reviewOutcomeWords[r.outcome][locale]],
      ]),
    ),
    ...(view.demands.length + view.reviews.length === 0 ? [factsOrNone([])] : []),
  ];
}

function story(parts: Parts, { view, timeline }: ArchiveContent, locale: Locale): Content[] {
  const { say, when, heading, factsOrNone } = parts;
  const writer = (m: CaseView["thread"][number]): string => {
    if (m.from === "petitioner") return say("来信人", "Petitioner");
    return [m.fromName?.[locale], m.author].filter(Boolean).join(" ");
  };
  return [
    heading(say("三、办理经过", "3. What happened")),
    factsOrNone(timeline.map((one) => [when(one.at), `${one.text[locale]} · ${actorName(one.actor, say)}`])),
    heading(say("四、往来和内部意见", "4. Messages and notes")),
    factsOrNone(
      view.thread.map((m) => [
        when(m.at),
        [
          m.visibility === "internal" ? say(`（内部）${writer(m)}`, `(inside) ${writer(m)}`) : writer(m),
          m.text,
          ...m.files.map((file) => file.name),
        ].join("\n"),
      ]),
    ),
  ];
}

const actorName = (actor: string, say: Parts["say"]): string => {
  if (actor === "petitioner" || actor === "anonymous") return say("来信人", "petitioner");
  return actor === "system" ? say("系统", "the platform") : actor;
};

/** Each as it was sealed, set like the letter itself. */
function letters({ say, heading }: Parts, all: readonly LetterParts[]): Content[] {
  const { lineHeight } = standardFonts();
  return [
    heading(say("五、文书", "5. Letters"), { pageBreak: "before" }),
    {
      text:
        all.length === 0
          ? say("无", "None")
          : say(
              "以下是文书内容的副本。每份文书本身另有签章，可在“核验文书”页面核验。",
              "What follows are copies of the letters' content. Each letter bears a mark of its own, which the page “Check a letter” reads.",
            ),
      color: GREY,
    },
    ...all.flatMap(({ doc, own, hash }, no): Content[] => {
      const measures = measuresFor(doc, lineHeight);
      const content: Content[] = createLayout(doc, measures).content();
      const named = withHandsNamed(own ? setIn(content, own) : content, `hand-${no}`);
      return [
        {
          ...{ text: `${no + 1}. ${doc.title} ${doc.number ?? ""}`, tocItem: true, tocMargin: [16, 0, 0, 0] },
          ...{ pageBreak: "before", fontSize: SMALL, color: GREY },
        },
        ...(hash === null
          ? []
          : [
              {
                text: `SHA-256 ${groups(hash)}`,
                fontSize: 7,
                color: GREY,
                margin: [0, 0, 0, 12] as [number, number, number, number],
              },
            ]),
        { stack: named, fontSize: measures.body },
      ];
    }),
  ];
}

function attachments({ say, heading }: Parts, files: readonly KeptFile[]): Content[] {
  const beside = say("另附原文件", "the file itself goes beside this one");
  return [
    heading(say("六、附件", "6. Files"), { pageBreak: "before" }),
    files.length === 0
      ? { text: say("无", "None"), color: GREY }
      : {
          table: {
            headerRows: 1,
            widths: [24, "*", 60, 190],
            body: [
              ["", say("名称", "Name"), say("大小", "Bytes"), "SHA-256"],
              ...files.map((file, no) => [
                String(no + 1),
                { stack: [file.name, ...(file.picture ? [] : [{ text: beside, color: GREY }])] },
                String(file.size),
                groups(file.sha256),
              ]),
            ],
          },
          layout: "lightHorizontalLines",
          fontSize: SMALL,
        },
    ...files.flatMap((file, no): Content[] =>
      file.picture
        ? [
            {
              ...{ text: `${no + 1}. ${file.name}`, tocItem: true, tocMargin: [16, 0, 0, 0] },
              ...{ pageBreak: "before", margin: [0, 0, 0, 8] },
            },
            { image: file.picture, fit: [PICTURE.width, PICTURE.height] },
          ]
        : [],
    ),
  ];
}

function proofPart({ say, heading, facts }: Parts, { proof }: ArchiveContent): Content[] {
  const { entries, sealed } = proof;
  return [
    heading(say("七、台账证明", "7. Proof of the ledger"), { pageBreak: "before" }),
    {
      text: say(
        "下列条目是这件事项的台账链，每一条的散列值都包含前一条。整个台账按时封存，封存值由机构外保管。",
        "These entries are the chain of this case in the ledger; the hash of each holds the one before. The whole ledger is sealed again and again, and seals are kept outside the house.",
      ),
      margin: [0, 0, 0, 8],
    },
    {
      table: {
        headerRows: 1,
        widths: [24, 110, 120, "*"],
        body: [
          ["", say("时间（UTC）", "Instant (UTC)"), say("条目", "Entry"), "SHA-256"],
          ...entries.map((one) => [String(one.seq), one.at.slice(0, 19), one.type, groups(one.hash)]),
        ],
      },
      layout: "lightHorizontalLines",
      fontSize: 7,
      margin: [0, 0, 0, 10],
    },
    sealed
      ? {
          stack: [
            facts([
              [say("已封存到", "Sealed up to"), String(sealed.seq)],
              [say("封存序号", "Seal no."), String(sealed.seal.no)],
              [say("封存时间", "Sealed at"), sealed.seal.at],
              [say("封存条目数", "Entries in it"), String(sealed.seal.entries)],
              [say("根", "Root"), groups(sealed.seal.root)],
              [say("封存值", "Seal"), groups(sealed.seal.hash)],
              [say("公钥名", "Key"), sealed.seal.keyId],
              [say("签名", "Signature"), groups(sealed.seal.signature)],
              [
                say("到根的路径", "Path to the root"),
                sealed.path.map((step) => `${step.side}  ${groups(step.hash.toString("hex"))}`).join("\n") ||
                  say("该条目就是根", "The entry is the root by itself"),
              ],
            ]),
          ],
          fontSize: SMALL,
        }
      : { text: say("这些条目还没有封存。", "None of these entries is sealed yet."), margin: [0, 0, 0, 8] },
    { text: say("怎样核验", "How to verify"), bold: true, margin: [0, 8, 0, 4] },
    {
      ol: [
        say(
          "在“核验文书”页面选择本文件：文件末尾有签名，改动一个字节就能发现。",
          "Choose this file on the page “Check a letter”: it bears a signature before its last lines, and one changed byte shows.",
        ),
        say(
          "按 RFC 6962 由最后一条已封存条目的散列值和路径算出根：叶 = SHA-256(00 ‖ 散列值)，每一步 = SHA-256(01 ‖ 左 ‖ 右)。",
          "Compute the root from the hash of the last sealed entry and the path, by RFC 6962: leaf = SHA-256(00 ‖ hash), each step = SHA-256(01 ‖ left ‖ right).",
        ),
        say(
          "把根和封存值同机构外保管的封存凭证比对；命令 doorstep ledger verify --against <凭证> 核验整个台账。",
          "Compare root and seal with a seal that is kept outside the house; doorstep ledger verify --against <file> checks the whole ledger.",
        ),
      ],
      fontSize: SMALL,
    },
  ];
}

/** Faces of units in which letters are set. */
export const facesOf = ({ letters: all }: ArchiveContent): readonly Face[] =>
  all.flatMap(({ own }) => (own ? [own] : []));

/** The whole file as PDF/A-2b: every font in it, one colour profile, no script, nothing attached. */
export function archiveDefinition(content: ArchiveContent, locale: Locale): TDocumentDefinitions {
  const { view, made } = content;
  const parts = partsIn(locale, made.timeZone);
  const hands = content.letters.flatMap(({ signature }, no) =>
    signature ? [[`hand-${no}`, `data:image/png;base64,${Buffer.from(signature).toString("base64")}`]] : [],
  );
  return {
    version: "1.7",
    subset: "PDF/A-2b",
    pageSize: "A4",
    pageMargins: [page.left, page.top, page.right, page.bottom],
    language: locale,
    info: {
      // into the metadata goes what needs no escaping there
      title: view.caseNo,
      creator: "Doorstep",
      producer: "Doorstep",
      creationDate: made.at,
    },
    defaultStyle: { font: STANDARD, fontSize: 11 },
    images: Object.fromEntries(hands),
    content: [
      ...cover(parts, content, locale),
      ...matter(parts, view, locale),
      ...story(parts, content, locale),
      ...letters(parts, content.letters),
      ...attachments(parts, content.files),
      ...proofPart(parts, content),
    ],
    footer: (current, pages) => ({
      text: `${view.caseNo} — ${current} / ${pages} —`,
      ...{ alignment: "center", fontSize: SMALL, color: GREY, margin: [0, 20, 0, 0] },
    }),
    pageBreakBefore: (node, nodes) => node.headlineLevel === 1 && nodes.getFollowingNodesOnPage().length === 0,
  };
}
