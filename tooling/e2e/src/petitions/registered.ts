import type { Registered, TakenDown } from "./steps.ts";

/** A petition of the field that a module carries to its end; here the clerk writes it down and registers it. */
interface Other {
  readonly id: string;
  /** the module that goes on from here */
  readonly module: string;
  readonly brought: Omit<TakenDown, "name" | "body">;
  readonly registered: Registered;
  /** the kernel's own acts before it */
  readonly acts: readonly (readonly [by: string, act: string, input: object])[];
  readonly state: string;
}

const accepted = ["officer", "cases.accept", { office: "信访办公室" }] as const;

/** SPEC §18, but for those that are walked to their ends. */
export const others: readonly Other[] = [
  {
    id: "P03",
    module: "the leader's mailbox",
    brought: {
      via: "letter",
      kind: "officer",
      purpose: "suggest",
      title: "建议合并会议和报表，同一数据现要报四个科室",
    },
    registered: { category: "suggestion" },
    acts: [accepted],
    state: "accepted",
  },
  {
    id: "P05",
    module: "the hotline (who is paged: duty.e2e.ts)",
    brought: { via: "phone", kind: "family", urgent: true, title: "孩子说熄灯后挨打，很害怕，请不要点名" },
    registered: { category: "claim", track: "ordinary", confidentiality: "2", severity: "urgent" },
    acts: [accepted],
    state: "accepted",
  },
  {
    id: "P06",
    module: "the liaison letter to the local side",
    brought: { via: "visit", kind: "family", title: "随军八个月，地方安置一直没有时间" },
    registered: { category: "claim", track: "ordinary", confidentiality: "1" },
    acts: [
      [
        "officer",
        "cases.guide",
        {
          body: "区人力资源和社会保障局",
          address: "政务大厅3号窗口",
          timeLimit: "60日内",
          helper: "营部文书",
          reason: "随军家属安置由地方办理。",
        },
      ],
    ],
    state: "guided",
  },
  {
    id: "P07",
    module: "mediation",
    brought: { via: "visit", kind: "conscript", title: "战友借手机摔坏，只肯赔一半" },
    registered: { category: "claim", track: "ordinary", confidentiality: "1" },
    acts: [accepted, ["officer", "cases.openMediation", { bothConsented: true, note: "由营调解" }]],
    state: "accepted",
  },
  {
    id: "P08",
    module: "matters between military and local offices",
    brought: { via: "letter", kind: "conscript", title: "邻居建房越界，父亲被打伤" },
    registered: { category: "claim", track: "ordinary", confidentiality: "2" },
    acts: [accepted],
    state: "accepted",
  },
  {
    id: "P10",
    module: "the leaders' reception day",
    brought: { via: "visit", kind: "nco", headcount: 14, title: "3号楼两个冬天没有热水" },
    registered: { category: "claim", track: "ordinary", confidentiality: "1" },
    acts: [accepted],
    state: "accepted",
  },
  {
    id: "P11",
    module: "hearings",
    brought: { via: "letter", kind: "veteran", title: "三年前训练伤评残等级有误，现有新的医院鉴定" },
    registered: { category: "claim", track: "ordinary", confidentiality: "2" },
    acts: [accepted],
    state: "accepted",
  },
];
