import type { Text } from "@doorstep/contracts";

/** One thing that must hold for every case, as a question over a page of them. */
export interface Check {
  readonly id: string;
  /** of domain SPEC §16, or where else it is written */
  readonly invariant: string;
  readonly name: Text;
  /** finds cases where it does not hold, among `kernel.cases c` of the page; `$2` is now */
  readonly broken: string;
}

const check = (id: string, invariant: string, zh: string, en: string, broken: string): Check => ({
  id,
  invariant,
  name: { "zh-CN": zh, en },
  broken,
});

const owing = "('received', 'registered', 'routed', 'accepted', 'inHandling', 'review', 'rereview')";
const ended = "('final', 'archived', 'diverted', 'guided', 'merged', 'notReaccepted', 'withdrawn')";
/** letters that tell the petitioner how it ended */
const answers = "('D9', 'D11', 'D12', 'D14', 'D16', 'D18', 'D22', 'D23', 'D25')";
const toPetitioner = "('D1', 'D3', 'D8', 'D9', 'D11', 'D12', 'D13', 'D14', 'D16', 'D22', 'D23', 'D25')";

const respondentUnits = "array(select r.unit_id from kernel.respondents r where r.case_id = c.id and r.kind = 'unit')";
const lastLeg = (column: string): string =>
  `(select l.${column} from kernel.legs l where l.case_id = c.id order by l.no desc limit 1)`;
/** the last leg that sent it anywhere, as far as it was assigned; that it was designated since changes nothing for whoever waits */
const assigner = `(select case when s.kind = 'assign' then kernel.heir(s.from_unit_id) end from kernel.legs s
  where s.case_id = c.id and s.kind <> all ('{designate,succeed}') order by s.no desc limit 1)`;
const assisting = `array(select kernel.heir(x.unit_id) from kernel.assists x
  where x.case_id = c.id and c.status in ('accepted', 'inHandling') and x.answered_at is null and x.ended_at is null)`;
/** `audienceOf` and what the pipeline hands it, said a second time and in another language: a fault in one shows. */
const plainly = `select c.organ_id as key, 0 as depth where c.confidentiality = 3 and c.organ_id is not null
  union all
  select p.key, min(array_length(u.path, 1) - p.n)::int from kernel.units u cross join unnest(u.path) with ordinality p(key, n)
   where c.confidentiality < 3 and not (u.path[1:p.n::int] && ${respondentUnits})
     and u.id = any (array[c.holder_unit_id, c.handling_unit_id, case when c.status in ('received', 'registered') then c.intake_unit_id end,
       case when ${lastLeg("kind")} = 'transfer' and c.status = 'routed' then ${lastLeg("from_unit_id")} end,
       case when c.status not in ${ended} then ${assigner} end] || ${assisting})
   group by p.key`;
const sha = "encode(sha256('\\x71756172616e74696e6500'::bytea || convert_to(p.key::text, 'UTF8')), 'hex')";
/** `quarantineKey`: what came in a flood stands under keys that no list asks by */
const hidden = `(select (substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-8' || substr(h, 14, 3) || '-8' || substr(h, 18, 3) || '-'
  || substr(h, 21, 12))::uuid from (select ${sha} as h) x)`;
const shouldSee = `select case when 'quarantined' = any (c.flags) then ${hidden} else p.key end, p.depth from (${plainly}) p`;
const sees = "select a.key, a.depth::int from kernel.case_audience a where a.case_id = c.id and a.depth >= 0";

/** What can be asked of the data alone [SPEC §16]; whatever it finds is stuck or broken, and a person must look at it. */
export const checks: readonly Check[] = [
  check(
    "noHolder",
    "8",
    "事项没有在册单位负责",
    "no living unit holds the case",
    `(c.status in ${owing} or c.flags && '{contested,newFacts}') and not exists (select 1 from kernel.units u where u.id = c.holder_unit_id and u.valid_until is null)`,
  ),
  check(
    "noClock",
    "7",
    "应办事项没有期限在走",
    "something is owed and no period runs",
    `c.status in ${owing} and c.track not in ('accusation', 'statutory') and not exists
      (select 1 from kernel.clocks k where k.case_id = c.id and k.state <> 'stopped' and k.code not in ('K12', 'K15', 'K19', 'K21', 'K30'))`,
  ),
  check(
    "endWithoutReply",
    "1",
    "已终结但没有送达的答复",
    "it ended and no answer was delivered",
    `c.status in ${ended} and not c.imported and not exists
      (select 1 from kernel.notices n where n.case_id = c.id and n.state = 'delivered' and n.code in ${answers})`,
  ),
  check(
    "mergedNowhere",
    "1",
    "已合并但没有所并入的事项",
    "it was joined, and no case is there in which it goes on",
    `c.status = 'merged' and not c.imported and not exists
      (select 1 from kernel.case_links l where l.case_id = c.id and l.kind = 'mergedInto' and l.ended_at is null)`,
  ),
  check(
    "demandOpen",
    "2",
    "已答复但有诉求没有结果",
    "it was answered and a demand has no outcome",
    `c.status in ('replied', 'review', 'rereview', 'final') and not c.imported and exists
      (select 1 from kernel.demands d where d.case_id = c.id and d.outcome is null)`,
  ),
  check(
    "promiseWithoutOwner",
    "R22:32",
    "承诺没有落实责任单位",
    "a promise nobody owns",
    `exists (select 1 from kernel.commitments m where m.case_id = c.id and m.state in ('open', 'reported')
      and not exists (select 1 from kernel.units u where u.id = m.unit_id and u.valid_until is null))`,
  ),
  check(
    "taskWithoutPerson",
    "8",
    "有工作无人负责",
    "a task lies with somebody who has left",
    `exists (select 1 from kernel.tasks t where t.case_id = c.id and t.state = 'open'
      and not exists (select 1 from kernel.people p where p.id = t.person_id and p.active))`,
  ),
  check(
    "letterNotDelivered",
    "9",
    "签发三日仍未送达的文书",
    "a letter sealed three days ago is neither delivered nor posted",
    `exists (select 1 from kernel.notices n where n.case_id = c.id and n.state = 'sealed' and n.code in ${toPetitioner}
      and n.sealed_at < $2::timestamptz - interval '3 days')`,
  ),
  check(
    "breachWithoutUrging",
    "19",
    "超期一日仍未督办",
    "a period was missed a day ago and nobody urges",
    `exists (select 1 from kernel.clocks k where k.case_id = c.id and k.breached_at < $2::timestamptz - interval '24 hours'
      and (k.effect_due or k.code in ('K2', 'K4', 'K5', 'K8', 'K14', 'K16'))
      and not exists (select 1 from kernel.supervision_items i where i.clock_id = k.id))`,
  ),
  check(
    "signalMissed",
    "19",
    "期限信号超过一日未处理",
    "a clock has waited for a day to be told of",
    `exists (select 1 from kernel.clocks k where k.case_id = c.id and k.next_at < $2::timestamptz - interval '24 hours')`,
  ),
  check(
    "legUnrecorded",
    "8",
    "持有单位与流转记录不符",
    "the holder is not where the record of passing on says",
    `c.status in ('routed', 'accepted', 'inHandling') and c.level = 'handle' and exists
      (select 1 from (select l.to_unit_id from kernel.legs l where l.case_id = c.id order by l.no desc limit 1) l
        where l.to_unit_id <> c.holder_unit_id)`,
  ),
  check(
    "audienceUnlike",
    "4",
    "可见范围与规则不符",
    "who sees it is not what the rule says",
    // what was destroyed by rule is seen by nobody
    `case when c.destroyed_on is not null then exists (select 1 from kernel.case_audience a where a.case_id = c.id)
     else exists (select 1 from kernel.case_audience a where a.case_id = c.id
        and (a.status <> c.status or a.holder <> c.holder_unit_id or a.conf <> c.confidentiality))
     or exists ((${shouldSee}) except (${sees})) or exists ((${sees}) except (${shouldSee}))
     or c.status in ${owing} and not exists (select 1 from kernel.case_audience a where a.case_id = c.id and a.depth >= 0) end`,
  ),
  check(
    "accessOutlived",
    "4",
    "特别查阅到期后仍未收回",
    "somebody is let in an hour after his time",
    `exists (select 1 from kernel.case_audience a where a.case_id = c.id and a.until < $2::timestamptz - interval '1 hour')`,
  ),
  check(
    "secretInSearch",
    "4",
    "检举控告内容进入了检索",
    "an accusation stands in the search",
    "c.confidentiality = 3 and exists (select 1 from kernel.case_text x where x.case_id = c.id)",
  ),
  check(
    "chainHead",
    "12",
    "事项与账本末条不符",
    "the case and the last entry of its chain differ",
    `not exists (select 1 from kernel.ledger l where l.stream = c.id and l.seq = c.ledger_seq and l.hash = c.ledger_hash)
     or exists (select 1 from kernel.ledger l where l.stream = c.id and l.seq > c.ledger_seq)`,
  ),
  check(
    "recusedActing",
    "5",
    "应回避的人经办了事项",
    "somebody who must stand out acted",
    `exists (select 1 from kernel.recusals r where r.case_id = c.id and r.state = 'granted' and (r.person_id = c.handler_id
      or exists (select 1 from kernel.case_actors a where a.case_id = c.id and a.person_id = r.person_id and a.at > r.at)))`,
  ),
  check(
    "reviewNotAbove",
    "6",
    "复查（复核）机关不是上一级",
    "a review does not lie with a level above",
    `exists (select 1 from kernel.reviews r join kernel.units u on u.id = r.of_unit_id where r.case_id = c.id
      and (r.body_unit_id = u.id and u.parent_id is not null or not r.body_unit_id = any (u.path)))`,
  ),
  check(
    "extendedUntold",
    "7",
    "延期没有告知信访人",
    "a period was extended without a notice",
    // what was taken out of a petition goes on with its days: the petitioner was told of them there
    `exists (select 1 from kernel.clocks k where k.case_id = c.id and k.extension > 0) and not exists
      (select 1 from kernel.notices n where n.code = 'D13' and (n.case_id = c.id or n.case_id in
        (select l.other_case_id from kernel.case_links l where l.case_id = c.id and l.kind = 'splitFrom' and l.at > n.created_at)))`,
  ),
  check(
    "notHisOwnWord",
    "10",
    "评价或撤回不是信访人本人作出",
    "a rating or withdrawal did not come from the petitioner",
    `exists (select 1 from kernel.ledger l where l.stream = c.id and l.actor <> 'petitioner'
      and l.type in ('rating.given', 'case.withdrawalAsked', 'retaliation.checkedIn'))`,
  ),
  check(
    "repeatUntold",
    "17",
    "不再受理但没有告知书",
    "no longer accepted, and nobody was told so",
    `c.status = 'notReaccepted' and not c.imported and not exists
      (select 1 from kernel.notices n where n.case_id = c.id and n.code = 'D12' and n.state in ('sealed', 'delivered'))`,
  ),
  check(
    "signerWithoutWay",
    "13",
    "联名人失去了查看答复的途径",
    "somebody who signed can no longer read the reply, and did not step back himself",
    // how many signed stands in the first entry; who they are is the vault's to know
    `c.headcount > 1 and c.destroyed_on is null and
      coalesce((select (l.body::jsonb->'facts'->>'coSigners')::int from kernel.ledger l where l.stream = c.id order by l.seq limit 1), 0)
      <> (select count(*) from kernel.mandates m where m.case_id = c.id and m.relation = 'coSigner'
            and (m.ended_at is null or m.ended_by = 'delegate'))`,
  ),
  check(
    "dangerUnreported",
    "R22:25",
    "紧急事项一日后仍无书面报告",
    "somebody was in danger, and a day later nothing was reported",
    `c.urgent_safety and not c.imported and not exists (select 1 from kernel.duty_pages d where d.case_id = c.id
      and (d.reported_at is not null or d.raised_at > $2::timestamptz - interval '24 hours'))`,
  ),
  check(
    "decidedTwice",
    "6",
    "同一人两次作出决定",
    "somebody decided the same case twice",
    `exists (select 1 from kernel.case_actors a join kernel.case_actors b on b.case_id = a.case_id
      and b.person_id = a.person_id and b.level <> a.level where a.case_id = c.id and a.part = 'reviewer')`,
  ),
  check(
    "standsStill",
    "14",
    "没有听证却暂停了期限",
    "a period stands still although no hearing runs",
    // neither mediation nor anything a module does stops the petition's days
    `not 'inHearing' = any (c.flags) and exists (select 1 from kernel.clocks k where k.case_id = c.id and k.state = 'paused')`,
  ),
];
