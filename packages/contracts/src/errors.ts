import type { Text } from "./text.ts";

type Transport =
  | "BAD_REQUEST"
  | "UNAUTHORIZED"
  | "FORBIDDEN"
  | "NOT_FOUND"
  | "CONFLICT"
  | "TOO_MANY_REQUESTS"
  | "PAYLOAD_TOO_LARGE"
  | "PRECONDITION_FAILED"
  | "SERVICE_UNAVAILABLE";

interface ErrorEntry {
  readonly transport: Transport;
  /** what happened and what to do next; `{name}` is a param */
  readonly text: Text;
}

const e = (transport: Transport, zh: string, en: string): ErrorEntry => ({ transport, text: { "zh-CN": zh, en } });

/** Every refusal somebody may have to act on. The key is the wire code, the i18n key and the anchor in docs/errors.md. */
export const errorCatalogue = {
  "input.invalid": e(
    "BAD_REQUEST",
    "有内容填写不符合要求，请按提示更正后再提交。",
    "Something is not filled in as needed. Correct the marked fields and send again.",
  ),
  "input.tooLarge": e(
    "PAYLOAD_TOO_LARGE",
    "内容过大，请缩短或减少附件后再试。",
    "This is too large. Shorten the text or send fewer files, then try again.",
  ),
  "text.characters": e(
    "BAD_REQUEST",
    "文字中含有无法保存的字符，请删除后再试。",
    "The text holds a character that cannot be kept. Remove it and try again.",
  ),
  unauthorized: e("UNAUTHORIZED", "请先登录，再继续。", "Sign in first, then go on."),
  forbidden: e(
    "FORBIDDEN",
    "您没有办理这件事所需的权限，可请单位管理员授权。",
    "You lack the right for this. Ask your unit's administrator for it.",
  ),
  "request.tooMany": e(
    "TOO_MANY_REQUESTS",
    "操作过于频繁，请 {seconds} 秒后再试，已填写的内容不会丢失。",
    "Too many requests. Try again in {seconds} seconds; what you entered is kept.",
  ),
  "request.unknown": e(
    "BAD_REQUEST",
    "无法识别这一请求，请刷新页面后再试。",
    "This request is not known. Reload the page and try again.",
  ),
  "request.foreign": e(
    "FORBIDDEN",
    "该请求来自其他网站，已被拒绝。请从本站页面操作。",
    "This request came from another website and was refused. Use a page of this site.",
  ),
  unexpected: e(
    "BAD_REQUEST",
    "系统出错，已记录。请稍后再试，并可报出错误编号 {requestId}。",
    "Something went wrong and was recorded. Try again later, or give the error number {requestId}.",
  ),
  "service.away": e(
    "SERVICE_UNAVAILABLE",
    "系统暂时无法保存。您填写的内容还在，请稍等一分钟再点一次，不会重复提交。",
    "The service cannot save anything just now. What you entered is kept: wait a minute and press again; it will not be sent twice.",
  ),
  "service.full": e(
    "SERVICE_UNAVAILABLE",
    "服务器存储空间不足，暂不能收新内容；已提交的都已保存，仍可查看。您填写的内容还在，请稍后再试，并告知管理员。",
    "The server is out of disk space and takes nothing new just now. Everything sent before is safe and can be read. What you entered is kept: try again later, and tell an administrator.",
  ),
  "service.clock": e(
    "SERVICE_UNAVAILABLE",
    "服务器的时间不正确，为免期限算错，暂不能收新内容；已提交的都已保存，仍可查看。请稍后再试，并告知管理员。",
    "The server's clock is wrong, and nothing new is taken so that no period is counted wrongly. Everything sent before is safe and can be read. Try again later, and tell an administrator.",
  ),
  "key.reused": e(
    "CONFLICT",
    "这次提交与先前同编号的提交内容不同，请刷新页面后重新提交。",
    "This was sent before with other content. Reload the page and send it again.",
  ),
  "case.notFound": e(
    "NOT_FOUND",
    "没有找到这一信访事项，请核对后再试。",
    "No such petition was found. Check and try again.",
  ),
  "case.stale": e(
    "CONFLICT",
    "这一事项刚被他人更新，请查看最新内容后再办理。",
    "Somebody has just changed this petition. Look at the latest state, then act.",
  ),
  "act.refused": e("CONFLICT", "目前不能办理：{reasons}", "This cannot be done now: {reasons}"),
  "act.state": e(
    "CONFLICT",
    "该事项当前处于“{state}”状态，不能进行这一步。",
    "The petition is in state “{state}”; this step does not apply.",
  ),
  recused: e(
    "FORBIDDEN",
    "您与该事项有利害关系，应当回避。请由他人办理。",
    "You are recused from this petition. Somebody else must handle it.",
  ),
  "mark.missing": e("CONFLICT", "尚未进入“{mark}”程序。", "The procedure “{mark}” has not been opened."),
  "mark.set": e("CONFLICT", "“{mark}”程序尚未结束。", "The procedure “{mark}” is still open."),
  "demands.split": e("CONFLICT", "请先逐项登记诉求。", "Register the demands one by one first."),
  "demands.answered": e(
    "CONFLICT",
    "还有 {open} 项诉求没有结论、理由和依据，请逐项答复。",
    "Demands still open: {open}. Each needs outcome, reason and basis.",
  ),
  "demands.unknown": e(
    "BAD_REQUEST",
    "答复的诉求不属于这一事项，请刷新后再试。",
    "A demand named here is not of this petition. Reload and try again.",
  ),
  "category.chosen": e("CONFLICT", "请先选择事项类别。", "Choose the category first."),
  "safety.answered": e("CONFLICT", "请先回答是否有人处于危险之中。", "Answer first whether somebody is in danger."),
  "unit.notRespondent": e(
    "CONFLICT",
    "被反映的单位不能办理反映自己的事项，请送上一级。",
    "A unit cannot handle a petition about itself. Send it to the level above.",
  ),
  "unit.notFound": e("NOT_FOUND", "没有找到这一单位，请重新选择。", "No such unit was found. Choose again."),
  "unit.sameHolder": e(
    "CONFLICT",
    "该事项已由这一单位负责，请选择其他单位。",
    "This unit holds the petition already. Choose another.",
  ),
  "unit.codeTaken": e(
    "CONFLICT",
    "单位代码“{code}”已被使用，请换一个。",
    "The unit code “{code}” is in use. Choose another.",
  ),
  "unit.codeForm": e(
    "BAD_REQUEST",
    "单位代码为 2–20 位字母、数字或连字符。",
    "A unit code has 2 to 20 letters, digits or hyphens.",
  ),
  "unit.cycle": e(
    "CONFLICT",
    "不能把单位移到它自己的下级之下，请选择其他上级。",
    "A unit cannot be moved below itself. Choose another parent.",
  ),
  "unit.retired": e(
    "CONFLICT",
    "该单位已停用，请选择其接续单位。",
    "This unit has been retired. Choose its successor.",
  ),
  "assist.none": e("CONFLICT", "现在没有单位在协办。", "No unit is assisting at present."),
  "assist.open": e(
    "CONFLICT",
    "这个单位正在协办。请等它答复，或者先撤回。",
    "This unit is assisting already. Wait for its report, or take the request back first.",
  ),
  "assist.notFound": e(
    "NOT_FOUND",
    "没有等待您单位答复的协办事项，请刷新后再看。",
    "Nothing is waiting for a report of your unit. Look again.",
  ),
  "charge.notFree": e(
    "FORBIDDEN",
    "您是本事项的被反映人或曾在本事项上签批，不能包案。请由其他领导包案。",
    "You are complained of in this matter or have signed in it, so you cannot take it. Another leader should.",
  ),
  "charge.tooMany": e(
    "CONFLICT",
    "每位领导同时最多包案 {max} 件。请先结束一件，或者由其他领导包案。",
    "A leader takes at most {max} cases at once. End one first, or let another leader take it.",
  ),
  "charge.notYours": e(
    "FORBIDDEN",
    "只有包案领导本人或上级包案领导可以结束包案。",
    "Only the leader who has taken the case, or a leader above, can end it.",
  ),
  "unit.splitRoot": e(
    "CONFLICT",
    "最上级单位不能拆分。请在它之下新建单位，再把下级单位移过去。",
    "The topmost unit cannot be split. Create units below it and move units there.",
  ),
  "unit.assignedTwice": e(
    "BAD_REQUEST",
    "同一人员或单位被选了不止一次，请每项只选一次。",
    "A person or unit has been chosen more than once. Choose each only once.",
  ),
  "unit.hasOpenCases": e(
    "CONFLICT",
    "该单位还有 {count} 件未办结事项，请先指定接续单位。",
    "This unit still has {count} open petitions. Name a successor first.",
  ),
  "unit.hasChildren": e(
    "CONFLICT",
    "该单位还有 {count} 个下级单位，请先移动或停用它们。",
    "This unit still has {count} units below. Move or retire them first.",
  ),
  "unit.stale": e(
    "CONFLICT",
    "该单位的资料刚被他人修改，请查看最新内容后再保存。",
    "Somebody has just changed this unit. Look at the latest state, then save.",
  ),
  "unit.timeZone": e(
    "BAD_REQUEST",
    "无法识别这一时区，请填写如 Asia/Shanghai 的名称。",
    "This time zone is not known. Give a name such as Asia/Shanghai.",
  ),
  "unit.organInUse": e(
    "CONFLICT",
    "该纪检机构尚有未办结事项，不能撤销。请先由其办结或移送。",
    "This discipline organ still has open matters and cannot be closed. Let it finish or pass them on first.",
  ),
  "report.isReport": e(
    "CONFLICT",
    "这本身就是打击报复报告，请直接补充说明。",
    "This is a report of retaliation itself. Write the rest as a message.",
  ),
  "report.none": e(
    "CONFLICT",
    "这不是打击报复报告，不能走这一程序。",
    "This is no report of retaliation; the step does not apply.",
  ),
  "report.ownWay": e(
    "CONFLICT",
    "打击报复报告不走登记受理程序，请按“确认收到”“保护措施”“查结”办理。",
    "A report of retaliation is not registered. Acknowledge it, decide on protection, and conclude it.",
  ),
  "report.acknowledged": e(
    "CONFLICT",
    "已经确认收到，请作出保护决定。",
    "Acknowledged already. Decide on protection next.",
  ),
  "report.notAcknowledged": e("CONFLICT", "请先确认收到这一报告。", "Acknowledge the report first."),
  "report.notDecided": e("CONFLICT", "请先就保护措施作出决定。", "Decide on protection first."),
  "report.concluded": e(
    "CONFLICT",
    "这一报告已经查结；如再受到不公对待，来信人会在回访时说明。",
    "This report is concluded. If it goes on, the person says so at a check-in.",
  ),
  "report.dates": e("BAD_REQUEST", "日期前后不符，请改正。", "The dates do not fit each other. Correct them."),
  "report.noCheckIn": e(
    "CONFLICT",
    "现在没有需要回答的回访。有新的情况，请直接写信说明。",
    "There is nothing to answer now. If something has happened, write a message.",
  ),
  "report.notAsked": e(
    "NOT_FOUND",
    "没有需要您单位说明的这一事项，请查看待说明列表。",
    "Your unit is not asked to explain this. Look at the list of what is asked.",
  ),
  "table.tooLong": e(
    "CONFLICT",
    "一次最多查看{max}行，请缩短时间段或选择下级单位。",
    "There are more than {max} rows. Ask for fewer days, or for a unit below.",
  ),
  "table.tooLongForPaper": e(
    "CONFLICT",
    "PDF和打印最多{max}行，请缩小范围，或下载表格文件。",
    "Paper and PDF take {max} rows at most. Ask for less, or take the workbook.",
  ),
  "organ.none": e(
    "CONFLICT",
    "该单位没有纪检机构，请选择设有纪检机构的单位。",
    "This unit has no discipline organ. Choose one that has.",
  ),
  "organ.same": e(
    "CONFLICT",
    "该件已由这一纪检机构办理，请选择另一机构。",
    "This organ has the matter already. Choose another one.",
  ),
  "unit.parentMissing": e(
    "BAD_REQUEST",
    "没有代码为“{code}”的上级单位，请先导入上级或更正代码。",
    "There is no parent unit with code “{code}”. Import it first or correct the code.",
  ),
  "track.notAccusation": e(
    "CONFLICT",
    "检举控告件只能由纪检机构办理，不能走这一程序。",
    "An accusation goes to the discipline organ only; this step does not apply.",
  ),
  "mediation.never": e(
    "CONFLICT",
    "这件信访涉及打骂、骚扰，不得调解。请按信访程序办理，先保护当事人。",
    "This petition is about violence or harassment, which is never mediated. Go on with the petition, and protect who is concerned first.",
  ),
  "track.accusationOnly": e(
    "CONFLICT",
    "检举控告只能转送有权处理的纪检机构。",
    "An accusation can only be passed to the competent discipline organ.",
  ),
  "simple.assigned": e(
    "CONFLICT",
    "上级交办的事项不适用简易程序，请选择普通程序。",
    "A matter assigned from above cannot be simple. Choose the ordinary track.",
  ),
  "simple.statutory": e(
    "CONFLICT",
    "可以走法定途径的事项不适用简易程序。",
    "Where a statutory route is open the matter cannot be simple.",
  ),
  "simple.joint": e(
    "CONFLICT",
    "多人联名的事项不适用简易程序，请选择普通程序。",
    "A joint petition cannot be simple. Choose the ordinary track.",
  ),
  "simple.major": e(
    "CONFLICT",
    "重大、紧急的事项不适用简易程序，请选择普通程序。",
    "A serious or urgent matter cannot be simple. Choose the ordinary track.",
  ),
  "simple.severalUnits": e(
    "CONFLICT",
    "涉及多个责任单位的事项不适用简易程序，请选择普通程序。",
    "A matter of several units cannot be simple. Choose the ordinary track.",
  ),
  "simple.unchecked": e(
    "CONFLICT",
    "选择简易程序的，须确认事实清楚、责任明确、争议不大，且预计能够支持。",
    "For the simple track, confirm that facts and duty are clear, little is disputed, and it will probably be granted.",
  ),
  "track.notSimple": e(
    "CONFLICT",
    "只有简易程序可以转为普通程序，且只能转一次。",
    "Only a simple matter can go over to the ordinary track, and once only.",
  ),
  "track.category": e(
    "BAD_REQUEST",
    "所选办理程序与事项类别不符，请重新选择。",
    "The track does not fit the category. Choose again.",
  ),
  "route.six": e(
    "CONFLICT",
    "该诉求另有法定途径，不能按信访程序受理，请引导或分流。",
    "A statutory route is open for this claim; it cannot be accepted here. Guide or divert it.",
  ),
  "split.routeOfClaims": e(
    "CONFLICT",
    "只有申诉求决类事项才分法定途径，请不要填写途径。",
    "Only a claim has a statutory route of its own. Leave the route as it is.",
  ),
  "route.statutory": e(
    "CONFLICT",
    "该诉求没有其他法定途径，应由本单位受理办理。",
    "No statutory route is open for this claim; the unit must handle it.",
  ),
  "route.periodMissing": e(
    "BAD_REQUEST",
    "交办须写明办结报告期限，请填写天数。",
    "An assignment needs a period for the conclusion report. Give the days.",
  ),
  "hearing.tooSoon": e(
    "BAD_REQUEST",
    "听证应当至少提前 {days} 天通知，请选择更晚的日期。",
    "The parties must be told at least {days} days before the hearing. Choose a later day.",
  ),
  "check.line": e(
    "CONFLICT",
    "承办、协办单位以及它们的上级、下级不能验收。请另选一个单位。",
    "A unit that handles the case or helps with it, one above and one below it cannot check it. Choose another.",
  ),
  "check.open": e(
    "CONFLICT",
    "已经请这个单位验收，还没有结束。",
    "This unit has been asked to check it already, and has not ended.",
  ),
  "check.notFound": e(
    "NOT_FOUND",
    "没有找到正在进行的验收，可能已经结束。请刷新后查看。",
    "No check that runs was found; it may have ended. Load the page again.",
  ),
  "hearing.investigates": e(
    "CONFLICT",
    "承办人、审批人和经办此事的人不能主持听证，也不能作听证员。请另选一人。",
    "Whoever handles, signs or has decided the case cannot lead its hearing or sit on it. Choose somebody else.",
  ),
  "hearing.panelTwice": e(
    "BAD_REQUEST",
    "主持人和听证员中有人选了两次。请改成不同的人。",
    "Somebody is named twice among chair and panel. Name each person once.",
  ),
  "extension.once": e(
    "CONFLICT",
    "办理期限已经延长过一次，不能再延长。请按期答复。",
    "The time has been extended once already and cannot be extended again. Answer in time.",
  ),
  "extension.tooLong": e(
    "BAD_REQUEST",
    "最多可以延长 {max} 天，且只能延长一次。",
    "The time can be extended by {max} days at most, and once only.",
  ),
  "leg.noObjection": e(
    "CONFLICT",
    "接收单位没有提出异议，不能退回。",
    "The receiving unit has not objected; there is nothing to send back.",
  ),
  "leg.noDispute": e(
    "CONFLICT",
    "有关单位对由谁办理没有争议，不需要指定。",
    "The units do not disagree on who is in charge; nobody needs to be named.",
  ),
  "leg.objected": e(
    "CONFLICT",
    "已经提出过异议，请等待转出单位或者共同上级的决定。",
    "An objection was made already. Wait for the sender or the common superior to decide.",
  ),
  "leg.notTransfer": e(
    "CONFLICT",
    "只有转送来的事项可以逐级转送；交办、指定办理的事项由本单位办理。",
    "Only what was transferred is passed on level by level. What was assigned or designated to this unit is handled here.",
  ),
  "route.notBelow": e(
    "CONFLICT",
    "逐级转送只能转给本单位的下级单位，请重新选择。",
    "Passing on goes to a unit below this one. Choose again.",
  ),
  "route.noneBelow": e(
    "CONFLICT",
    "该单位没有下级单位，无法再逐级转送。请直接转送，或者选择其他单位。",
    "This unit has none below it to pass it on to. Transfer it without that wish, or choose another unit.",
  ),
  "route.passOnAssigned": e(
    "BAD_REQUEST",
    "交办的事项由接收单位办理并报告结果，不能要求逐级转送。",
    "What is assigned is handled and reported by the unit that gets it; it is not passed on.",
  ),
  "assignment.none": e(
    "CONFLICT",
    "这件事不是交办件，或者办结报告已经报送，不需要再报。",
    "This petition was not assigned, or its report was sent already. Nothing is owed.",
  ),
  "leg.notCommon": e(
    "FORBIDDEN",
    "只有转出单位和接收单位的共同上级可以指定办理单位。",
    "Only a common superior of both units may name the unit in charge.",
  ),
  "handOver.nothing": e(
    "CONFLICT",
    "这位同志名下没有您可以移交的在办事项。",
    "This person handles nothing that you could hand over.",
  ),
  "divert.confirmation": e(
    "BAD_REQUEST",
    "确认收到的日期应当在收到来信之后、今天或者之前。",
    "The confirmation must be dated after the petition came in, and not later than today.",
  ),
  "repeat.mainOpen": e(
    "CONFLICT",
    "所指的事项还没有终结，不能据此不再受理。可以合并，或者照常办理。",
    "The case named is not closed yet, so this one cannot be refused for it. Merge them, or handle it as usual.",
  ),
  "repeat.notSamePerson": e(
    "CONFLICT",
    "看不出是同一人的同一事项，不能以此不再受理；匿名来信不与任何人比对。请照常办理。",
    "It is not shown to be the same person's matter, so it cannot be refused for it; nobody anonymous is compared. Handle it as usual.",
  ),
  "split.oneDemand": e("CONFLICT", "只有一项诉求，不能分案。", "There is only one demand; nothing can be taken out."),
  "split.nothingLeft": e(
    "CONFLICT",
    "至少要有一项诉求留在本件。请少选一项。",
    "At least one demand must stay in this case. Choose fewer.",
  ),
  "split.assisting": e(
    "CONFLICT",
    "还有单位正在协办。请先撤回协办，再把检举控告转出。",
    "A unit is still assisting. Take the assistance back before the accusation is handed over.",
  ),
  "split.replyWaiting": e(
    "CONFLICT",
    "有一份答复正等待批准或者送达，其中写着全部诉求。请先退回修改或者送达，再分案。",
    "A reply to all demands waits to be approved or delivered. Have it sent back or deliver it first.",
  ),
  "agreement.replyWaiting": e(
    "CONFLICT",
    "有一份答复正等待批准或者送达。请先退回修改，再登记调解协议。",
    "A reply waits to be approved or delivered. Have it sent back before the agreement is entered.",
  ),
  "agreement.waiting": e(
    "CONFLICT",
    "调解协议书正等待批准或者送达。要另行答复的，请先退回修改或者结束调解。",
    "The mediation agreement waits to be approved or delivered. Have it sent back, or end the mediation, before another reply is drafted.",
  ),
  "agreement.signedOn": e(
    "BAD_REQUEST",
    "签订日期应当在收到信访事项之后、不晚于今天，请更正。",
    "The day of signing lies after the petition came in and not after today. Correct it.",
  ),
  "agreement.notReady": e(
    "CONFLICT",
    "请先登记双方签字的调解协议，并由批准人签发。",
    "Enter the agreement that both sides have signed and have it approved first.",
  ),
  "merge.notSamePerson": e(
    "CONFLICT",
    "看不出两件是同一人提出的，不能合并；匿名来信不与任何人比对。请照常办理。",
    "It is not shown that both came from the same person, so they cannot be joined; nobody anonymous is compared. Handle it as usual.",
  ),
  "merge.mainNotOpen": e(
    "CONFLICT",
    "所指的事项不在办理之中。已经终结的，可以提议不再受理；有新的事实的，照常办理。",
    "The case named is not being handled. If it is closed, propose that this one is not taken up again; with new facts, handle it as usual.",
  ),
  "merge.mainLate": e(
    "CONFLICT",
    "所指的事项已经超过期限，来信人有理由再次反映，不能合并。请照常办理，并督促那一件尽快答复。",
    "The case named is past its time, so the petitioner had reason to write again. Handle this one as usual, and see to it that the other is answered.",
  ),
  "merge.lessSheltered": e(
    "CONFLICT",
    "本件的密级高于所指的事项，合并后会有更多的人看到。请照常办理。",
    "This case is more confidential than the one named; joined to it, more people would read it. Handle it as usual.",
  ),
  "proposal.notFound": e(
    "NOT_FOUND",
    "没有找到这一提议，可能已经有人确认或者撤回，请刷新后再看。",
    "This proposal was not found; somebody may have decided it. Reload and look again.",
  ),
  "proposal.actUnknown": e(
    "BAD_REQUEST",
    "“{act}”不是可以提出建议的办理步骤，请检查步骤名称。",
    "“{act}” is no step that can be suggested. Check its name.",
  ),
  "proposal.samePerson": e(
    "CONFLICT",
    "不能确认自己提出的事项，请由另一人确认。",
    "Nobody confirms his own proposal. Somebody else must.",
  ),
  "proposal.waiting": e(
    "CONFLICT",
    "已经有人提出，等待另一人确认。",
    "It was proposed already and waits for a second person.",
  ),
  "proposal.reasonMissing": e(
    "BAD_REQUEST",
    "请写明不确认或者撤回的理由。",
    "Say why it is not confirmed, or taken back.",
  ),
  "appointment.taken": e(
    "CONFLICT",
    "这个时间有人或者房间已被约定，请另选时间。",
    "Somebody, or the room, is booked at that time. Choose another.",
  ),
  "appointment.time": e(
    "BAD_REQUEST",
    "会面时间须在现在之后，不超过一天。请另选时间。",
    "A meeting begins later than now and lasts a day at most. Choose another time.",
  ),
  "appointment.personCannot": e(
    "CONFLICT",
    "参加会面的人须在岗并有权查看该事项。请另选人员。",
    "Whoever is to be there must be in service and may see the petition. Choose somebody else.",
  ),
  "appointment.notFound": e(
    "NOT_FOUND",
    "没有找到这次会面，可能已经取消。",
    "This meeting was not found; it may be cancelled.",
  ),
  "task.notFound": e(
    "NOT_FOUND",
    "没有找到这项工作，可能已经办结或移交，请刷新后再看。",
    "This task was not found; it may be done or handed on. Reload and look again.",
  ),
  "task.notYours": e(
    "CONFLICT",
    "这项工作由他人负责，请由负责人或交办人办结。",
    "This task is somebody else's. Whoever has it, or gave it, ends it.",
  ),
  "task.personCannot": e(
    "CONFLICT",
    "找不到可以负责这项工作的人：对方须在岗并有权查看该事项。请另选负责人。",
    "Nobody could be given this task: whoever has it must be in service and may see the petition. Choose somebody else.",
  ),
  "task.past": e(
    "BAD_REQUEST",
    "完成日期已经过去，请选择今天或以后的日期。",
    "That day has passed. Choose today or a later one.",
  ),
  "supervision.notFound": e(
    "NOT_FOUND",
    "没有这条督办，或者您无权查看。请回到督办列表刷新。",
    "There is no such urging, or it is not for you. Go back to the list and load it again.",
  ),
  "supervision.notYours": e(
    "FORBIDDEN",
    "答复由被督办单位的信访干部或负责人作出，办结由督办单位作出。",
    "The unit that is late answers, by an officer or its leader; the unit above closes.",
  ),
  "supervision.done": e(
    "CONFLICT",
    "这条督办已经答复或者办结，请刷新。",
    "This was answered or closed already. Load the list again.",
  ),
  "supervision.notAnswered": e(
    "CONFLICT",
    "被督办单位还没有书面答复，不能办结。",
    "The unit has not answered in writing yet, so it cannot be closed.",
  ),
  "supervision.ownAnswer": e(
    "CONFLICT",
    "不能办结自己作出的答复，请由督办单位的其他人办结。",
    "Nobody closes what he answered himself. Let somebody else of the unit above do it.",
  ),
  "hops.left": e(
    "CONFLICT",
    "该事项已流转 {hops} 次，不得再退，请由共同上级指定。",
    "It has been passed on {hops} times and cannot be returned; the common superior must decide.",
  ),
  "handler.named": e("CONFLICT", "请先指定承办人。", "Name the handler first."),
  "handler.free": e("CONFLICT", "该承办人须回避，请改派他人。", "This handler is recused. Name somebody else."),
  "handler.notQualified": e(
    "CONFLICT",
    "所选人员在责任单位没有承办权限，请另选或先授权。",
    "The person chosen is no handler at the unit in charge. Choose another or grant the role first.",
  ),
  "handler.sameAsBefore": e(
    "CONFLICT",
    "撤销重办须更换承办人，请另选他人。",
    "A decision that was quashed must be redone by another handler. Choose somebody else.",
  ),
  "second.samePerson": e(
    "CONFLICT",
    "提出、起草、承办或已批准过的人不能再批准或决定，请由另一人办理。",
    "Whoever brought it up, drafted it, handles it or approved it once cannot decide it. Another person must.",
  ),
  "petitioner.heard": e(
    "CONFLICT",
    "答复前须听取来信人陈述，请先记录听取情况。",
    "The petitioner must be heard before the reply. Record the conversation first.",
  ),
  "reply.ready": e("CONFLICT", "请先起草答复并送审。", "Draft the reply and submit it first."),
  "reply.outcomeForCategory": e(
    "BAD_REQUEST",
    "所选结论不适用于这类事项，请重新选择。",
    "This outcome does not fit the category. Choose again.",
  ),
  "reply.stepsMissing": e(
    "BAD_REQUEST",
    "支持的诉求须写明落实步骤和时间。",
    "A demand that is supported needs the steps and the date by which it is carried out.",
  ),
  "review.redoMissing": e(
    "BAD_REQUEST",
    "撤销原答复须写明重新办理的期限。",
    "When a decision is quashed, give the days for deciding again.",
  ),
  "notice.delivered": e("CONFLICT", "文书 {codes} 尚未送达。", "The notice {codes} has not been delivered."),
  "notice.notFound": e(
    "NOT_FOUND",
    "没有找到这份文书，请刷新后再试。",
    "No such notice was found. Reload and try again.",
  ),
  "notice.state": e(
    "CONFLICT",
    "该文书目前不能进行这一步，请刷新查看最新状态。",
    "This step does not apply to the notice now. Reload to see its state.",
  ),
  "notice.receivedOnMissing": e(
    "BAD_REQUEST",
    "当面或邮寄送达须写明签收日期和凭证。",
    "By hand or post: give the day of receipt and the proof.",
  ),
  "notice.receivedTooEarly": e(
    "BAD_REQUEST",
    "文书{{on}}才签发，签收日期不能更早。请核对回执。",
    "The letter was sealed on {{on}} and cannot have been received before. Compare the slip.",
  ),
  "views.notFound": e(
    "NOT_FOUND",
    "没有找到这个视图，可能已被删除或取消共享，请刷新页面。",
    "There is no such view. It may have been removed or is no longer shared: reload the page.",
  ),
  "views.nameTaken": e(
    "CONFLICT",
    "您已有同名的视图，请换一个名称，或先打开那个视图再改。",
    "You have a view of this name already. Choose another name, or open that view and change it.",
  ),
  "views.tooMany": e(
    "CONFLICT",
    "每人最多保存 {most} 个视图，请先删除不用的。",
    "A person keeps at most {most} views. Remove one that you do not use first.",
  ),
  "texts.notFound": e(
    "NOT_FOUND",
    "没有找到这一版文字，请刷新页面后再试。",
    "There is no such version of these words. Reload the page and try again.",
  ),
  "texts.decided": e(
    "CONFLICT",
    "这一版文字已经有人审批，请刷新页面查看结果。",
    "Somebody has decided on this version already. Reload the page to see how.",
  ),
  "notice.glyphMissing": e(
    "CONFLICT",
    "文书中有字体无法显示的字符“{character}”，请在您写的内容中换成通用的字或加以说明后再试。",
    "The letter holds a character the font cannot show: “{character}”. Write another one, or describe it, in what you entered, and try again.",
  ),
  "approval.headFirst": e(
    "CONFLICT",
    "本单位的答复先由信访部门负责人审核，再由单位领导签批。请等审核通过后再批准。",
    "Here the head of the petition office approves first, and the leader of the unit seals. Wait for the first approval, then approve.",
  ),
  "approval.leaderOnly": e(
    "CONFLICT",
    "这份答复由单位领导签批，信访部门负责人不能代签。请转请领导批准。",
    "The leader of the unit seals this letter; the head of the petition office cannot. Ask the leader to approve it.",
  ),
  "signature.picture": e(
    "BAD_REQUEST",
    "签名图片不能使用：请用普通 PNG（每通道 8 位，不隔行），宽不超过 1200、高不超过 600 像素，200 KB 以内。",
    "This picture of a signature cannot be used. Send an ordinary PNG (8 bits a channel, not interlaced) of at most 1200 × 600 pixels and 200 KB.",
  ),
  "signature.notFound": e(
    "NOT_FOUND",
    "没有找到该文书的签名图片，请联系系统管理员。",
    "The signature of this letter was not found. Tell the system administrator.",
  ),
  "font.notTrueType": e(
    "BAD_REQUEST",
    "这不是可用的 TTF 字体文件（不支持 OTF、TTC、WOFF），请换一个 .ttf 文件。",
    "This is no TrueType font that can be used (OTF, TTC and WOFF are not). Choose another .ttf file.",
  ),
  "font.damaged": e(
    "BAD_REQUEST",
    "字体文件已损坏或不完整，请向提供方重新索取。",
    "The font file is damaged or incomplete. Ask whoever supplied it for a new copy.",
  ),
  "font.restricted": e(
    "BAD_REQUEST",
    "该字体的发行方不允许嵌入文档，请换一个允许嵌入的字体。",
    "The maker of this font does not allow it to be embedded in documents. Choose one that may be.",
  ),
  "font.licenceMissing": e(
    "BAD_REQUEST",
    "请先确认本单位有权在文书中使用该字体，再保存。",
    "Confirm first that your unit may use this font in its letters, then save.",
  ),
  "font.notFound": e("NOT_FOUND", "没有找到该字体文件，请重新上传。", "The font file was not found. Upload it again."),
  "notice.fieldMissing": e(
    "CONFLICT",
    "文书 {notice} 缺少必填内容：{fields}，请补充后再试。",
    "The letter {notice} lacks required content: {fields}. Fill it in and try again.",
  ),
  "pack.parentMissing": e(
    "CONFLICT",
    "政策包“{pack}”所依据的“{parent}”没有安装，请先安装。",
    "The policy pack “{pack}” builds on “{parent}”, which is not installed. Install it first.",
  ),
  "pack.invalid": e(
    "BAD_REQUEST",
    "政策包“{pack}”内容有误：{problems}，请更正后再安装。",
    "The policy pack “{pack}” is not valid: {problems}. Correct it, then install it.",
  ),
  "pack.looser": e(
    "BAD_REQUEST",
    "{clock} 不得长于上级或规定的 {max}，请改为不超过该数的天数。",
    "{clock} may not be longer than the {max} that hold already. Give that or less.",
  ),
  "pack.fixed": e(
    "BAD_REQUEST",
    "{clock} 是信访人的权利或者固定期限，单位不能缩短，请删去这一项。",
    "{clock} is a right of the petitioner or a fixed period and cannot be shortened. Leave it out.",
  ),
  "pack.unknownClock": e(
    "BAD_REQUEST",
    "本单位适用的政策包没有 {clock} 这一期限，请刷新页面后重选。",
    "The unit's policy pack knows no period {clock}. Reload the page and choose again.",
  ),
  "pack.stale": e(
    "CONFLICT",
    "这些期限刚被他人修改，请刷新后查看并重新填写。",
    "Somebody has just changed these periods. Reload, look at them, and enter yours again.",
  ),
  "pack.notInstalled": e(
    "NOT_FOUND",
    "没有安装这一政策包版本，请从列表中选择。",
    "This version of a policy pack is not installed. Choose one from the list.",
  ),
  "pack.notNewer": e(
    "CONFLICT",
    "只能改按本单位政策包的现行新版本，请从列表中选择。",
    "Cases can only be moved to a newer version of the unit's own pack that is in force. Choose it from the list.",
  ),
  "pack.validFromPast": e(
    "BAD_REQUEST",
    "生效日期不能早于今天（{today}），请改为今天或以后。",
    "It cannot take effect before today ({today}). Choose today or a later day.",
  ),
  "pack.previewOld": e(
    "CONFLICT",
    "预览之后情况有变，请重新预览，再决定是否调整。",
    "Things have changed since the preview. Look at it again, then decide.",
  ),
  "trial.notByDays": e(
    "BAD_REQUEST",
    "{clock} 按小时计算、由当事人约定或者从活动日期倒推，不能在此试算。",
    "{clock} runs in hours, by agreement or backwards from an event, and cannot be tried here.",
  ),
  "trial.noPause": e(
    "BAD_REQUEST",
    "{clock} 不扣除任何日期，请删去不计入的时间。",
    "{clock} leaves out no days. Remove the days that are not to count.",
  ),
  "calendar.looser": e(
    "BAD_REQUEST",
    "只有最高一级单位能增加休息日；下级单位只能增加上班日。",
    "Only the topmost unit may add days off; units below may add working days.",
  ),
  "calendar.stale": e(
    "CONFLICT",
    "日历刚被他人修改，请刷新后重新操作。",
    "Somebody has just changed the calendar. Reload and do it again.",
  ),
  "calendar.otherYear": e(
    "BAD_REQUEST",
    "{date} 不在 {year} 年内，请更正日期。",
    "{date} does not lie in {year}. Correct the date.",
  ),
  "calendar.announced": e(
    "CONFLICT",
    "{year} 年的放假安排已经录入，请刷新页面查看。",
    "The holidays of {year} are known already. Reload the page to see them.",
  ),
  "calendar.gap": e(
    "CONFLICT",
    "请先录入 {year} 年的放假安排，年份须连续。",
    "Bring in the holidays of {year} first: the years must follow one another.",
  ),
  "calendar.unknown": e(
    "NOT_FOUND",
    "本地区没有安装日历，请先启用日历模块。",
    "No calendar is installed for this region. Install a calendar module first.",
  ),
  "clock.ownLengthMissing": e(
    "BAD_REQUEST",
    "该期限须写明天数或日期，请填写。",
    "This period needs its own length or date. Give it.",
  ),
  "clock.running": e(
    "CONFLICT",
    "期限 {clock} 已经结束，不能再进行这一步。",
    "The period {clock} has ended; this step no longer applies.",
  ),
  "clock.lapsed": e(
    "CONFLICT",
    "来信人申请复查的期限（{due}）尚未届满，不能终结。",
    "The petitioner may still ask for review until {due}; it cannot be final yet.",
  ),
  "clock.notDue": e(
    "CONFLICT",
    "办理期限已于 {due} 届满，不能再延长。",
    "The period ended on {due}; it can no longer be extended.",
  ),
  "nothing.open": e(
    "CONFLICT",
    "该事项还有未了结的工作（承诺、督办，或上级正在核查的问题），全部了结后才能结案。",
    "Something is still open (a promise, an urging, or a question the level above looks into). It can be closed when that is settled.",
  ),
  "duty.none": e(
    "NOT_FOUND",
    "没有找到这项紧急事项，可能已经报告完毕，请刷新。",
    "No such urgent matter was found; it may be reported already. Load the page again.",
  ),
  "duty.taken": e(
    "CONFLICT",
    "已有人接手这项紧急事项，请刷新查看。",
    "Somebody has taken this matter already. Load the page again to see who.",
  ),
  "duty.notTaken": e("CONFLICT", "请先点“我来处置”，再报告。", "Take the matter first, then report."),
  "duty.phonedAlready": e(
    "CONFLICT",
    "电话报告已经记录，请继续写书面报告。",
    "The report by phone is recorded already. Go on with the written one.",
  ),
  "duty.reported": e(
    "CONFLICT",
    "书面报告已经提交，不能再改。补充情况请写在事项的记录里。",
    "The written report was handed in and stays as it is. Add what is new as a note in the case.",
  ),
  "duty.flagged": e(
    "CONFLICT",
    "这件事项已经标为紧急，值班人员已收到通知。",
    "This petition is flagged as urgent already; the people on duty are told.",
  ),
  "duty.cannotSee": e(
    "BAD_REQUEST",
    "此人看不到本单位的信访事项，接到通知也无法处置。请先授予相应角色，或另选他人。",
    "This person does not see petitions of the unit and could do nothing when paged. Grant a role first, or choose somebody else.",
  ),
  "duty.times": e(
    "BAD_REQUEST",
    "值班结束时间应晚于开始时间，且一班不超过31天。请更正。",
    "A shift ends after it begins and lasts at most 31 days. Correct the times.",
  ),
  "duty.noShift": e("NOT_FOUND", "没有找到这一班，请刷新值班表。", "No such shift was found. Load the roster again."),

  "review.level": e("CONFLICT", "对这一答复不能再申请复查。", "This reply is not open to this kind of review."),
  "review.lapsed": e(
    "CONFLICT",
    "申请复查的期限已于 {due} 届满。有正当理由的，请写明迟延原因；有新的事实，可提出新的信访事项。",
    "The time for review ended on {due}. If there was a good reason, say why it is late; with new facts, file a new petition.",
  ),
  "review.nobodyAbove": e(
    "CONFLICT",
    "该单位没有上一级，请向信访部门说明，由其安排复查。",
    "There is no unit above. Tell the petition office, which will arrange the review.",
  ),
  "review.involvedBefore": e(
    "CONFLICT",
    "您办理过该事项，不能参与复查。",
    "You have dealt with this petition before and cannot review it.",
  ),
  "refusal.notOpen": e(
    "CONFLICT",
    "没有可以提出异议的告知，或者上一级已经就此作过决定。有新的情况，可以提交新的情况。",
    "There is no refusal to contest, or the level above has decided on it already. If something is new, send the new facts.",
  ),
  "commitment.noneBroken": e(
    "CONFLICT",
    "没有到期未落实的承诺，不能以此重新办理。不服答复的，来信人可以申请复查。",
    "No promise is past its date, so it cannot be taken up again for one. A petitioner who does not agree with the reply can ask for a review.",
  ),
  "followUp.open": e(
    "CONFLICT",
    "{due} 之前还要回访一次。请先记录回访情况，再归档。",
    "A follow-up visit is due by {due}. Record it first, then file the case away.",
  ),
  "followUp.none": e("CONFLICT", "现在没有要做的回访。", "No follow-up visit is due."),
  "contest.nobodyAbove": e(
    "CONFLICT",
    "该单位之上没有可以受理异议的单位。请用留言向该单位负责人说明，或者按告知书写明的途径办理；有新的情况，可以提交新的情况。",
    "No unit stands above this one that could decide. Write to the head of this unit in the messages, or go the way the notice names; if something is new, send the new facts.",
  ),
  "review.outcomesMissing": e(
    "CONFLICT",
    "变更原处理意见的，须对每项诉求分别作出结论。",
    "Where the opinion is changed, say for every demand what it comes to.",
  ),
  "review.takenUp": e("CONFLICT", "这一申请已经受理。", "The request has been taken up already."),
  "reply.sameAsQuashed": e(
    "CONFLICT",
    "原处理意见已被撤销：不得以同一事实和理由作出相同的处理意见。请查清事实、写明新的理由，或者作出不同的结论。",
    "The earlier opinion was quashed: the same opinion cannot be given again on the same facts and reasons. Look into the facts anew, say the new reasons, or come to another result.",
  ),
  "commitment.notFound": e(
    "NOT_FOUND",
    "没有找到这项承诺，请刷新页面后再选择。",
    "This promise was not found. Load the page again and choose from the list.",
  ),
  "commitment.noneOpen": e("CONFLICT", "没有待落实的承诺。", "No promise is open."),
  "commitment.nothingReported": e(
    "CONFLICT",
    "没有待确认的承诺；责任单位先报告落实情况，再由信访人确认。",
    "Nothing waits for confirmation: the unit first reports what was done.",
  ),
  "commitment.state": e(
    "CONFLICT",
    "这项承诺现在不能这样处理，请刷新页面查看进展。",
    "This cannot be done with the promise now. Load the page again to see where it stands.",
  ),
  "commitment.datePassed": e(
    "CONFLICT",
    "落实日期不能早于今天，请另选日期。",
    "The date cannot lie before today. Choose another one.",
  ),
  "commitment.dateOnce": e(
    "CONFLICT",
    "落实日期只能变更一次，须在到期之前征得信访人同意。",
    "The date can be changed once only, with the petitioner's consent.",
  ),
  "commitment.noDateAsked": e("CONFLICT", "没有待您答复的改期请求。", "Nobody has asked you for another date."),
  "commitment.sayWhatIsMissing": e(
    "CONFLICT",
    "请写明还有什么没有落实，责任单位会据此继续办理。",
    "Say what is not done yet, so that the unit can go on.",
  ),
  "withdrawal.running": e(
    "CONFLICT",
    "三天冷静期到 {due} 届满，之前随时可以取消；届满后才能生效。",
    "You have until {due} to change your mind; only then does it take effect.",
  ),
  "rating.closed": e("CONFLICT", "评价期已结束（{until}）。", "The time for rating ended on {until}."),
  "code.unknown": e(
    "NOT_FOUND",
    "没有找到这一查询码，请核对后再输入。",
    "This code was not found. Check it and enter it again.",
  ),
  "code.form": e(
    "BAD_REQUEST",
    "查询码不完整或有误，请再看第 {group} 组。",
    "The code is incomplete or mistyped. Look at group {group} again.",
  ),
  "receipt.unknown": e(
    "NOT_FOUND",
    "编号与收件凭证对不上，请对照原件再核对一遍。",
    "Number and proof do not fit together. Compare them with the receipt once more.",
  ),
  "code.wait": e(
    "TOO_MANY_REQUESTS",
    "输错次数较多，请 {seconds} 秒后再试。",
    "Too many wrong codes. Try again in {seconds} seconds.",
  ),
  "intake.anonymousWithIdentity": e(
    "BAD_REQUEST",
    "匿名反映不应包含姓名和联系方式，请删除后再提交。",
    "An anonymous petition must hold no name or contact. Remove them and send again.",
  ),
  "intake.identityMissing": e(
    "BAD_REQUEST",
    "请填写姓名和联系方式，或者选择匿名。",
    "Give your name and contact, or choose anonymous.",
  ),
  "intake.workNeeded": e(
    "TOO_MANY_REQUESTS",
    "现在来件特别多，您的设备正在做一次简短的计算，完成后会自动提交，请不要关闭页面。",
    "Very many petitions are coming in. Your device does a short calculation and then sends yours by itself; keep this page open.",
  ),
  "intake.channelClosed": e(
    "CONFLICT",
    "该渠道目前未在此单位开放，请改用其他渠道。",
    "This channel is not open at this unit. Use another one.",
  ),
  "intake.noOrgan": e(
    "CONFLICT",
    "这里还没有设立可受理检举控告的纪检机构，请当面或写信向上一级纪检机构反映。",
    "No discipline organ has been set up here. Turn in person or by letter to the organ one level up.",
  ),
  "intake.representatives": e(
    "CONFLICT",
    "联名反映最多推选 {most} 名代表，请减少代表人数。",
    "A joint petition has at most {most} representatives. Choose fewer.",
  ),
  "intake.receivedLater": e(
    "BAD_REQUEST",
    "收到日期不能晚于今天，请改正。",
    "The day of receipt cannot lie after today. Correct it.",
  ),
  "intake.readBack": e(
    "BAD_REQUEST",
    "口头反映须当场宣读并确认，请先确认。",
    "Words taken down must be read back and confirmed first.",
  ),
  "file.notFound": e("NOT_FOUND", "没有找到该附件，请重新上传。", "The file was not found. Upload it again."),
  "file.tooLarge": e(
    "PAYLOAD_TOO_LARGE",
    "附件超过 {maxMb} MB，请压缩或分开上传。",
    "The file is larger than {maxMb} MB. Compress or split it.",
  ),
  "file.type": e(
    "BAD_REQUEST",
    "不支持这种文件，请上传图片、PDF、办公文档或录音。",
    "This kind of file is not accepted. Send pictures, PDF, office documents or audio.",
  ),
  "file.empty": e("BAD_REQUEST", "文件是空的，请重新选择。", "The file is empty. Choose it again."),
  "record.notFound": e(
    "NOT_FOUND",
    "没有找到这条记录，请返回列表重新选择。",
    "No such record was found. Go back to the list and choose again.",
  ),
  "record.state": e(
    "CONFLICT",
    "这条记录已经办到别的步骤，请刷新页面查看。",
    "The record has gone on to another step. Reload the page to see it.",
  ),
  "import.noText": e("BAD_REQUEST", "该行没有事项内容，未导入。", "The row has no text and was not imported."),
  "import.endBeforeStart": e(
    "BAD_REQUEST",
    "该行的答复或办结时间早于收件时间，未导入，请更正。",
    "The reply or end lies before the start. Correct the row.",
  ),
  "import.repeatedKey": e(
    "BAD_REQUEST",
    "编号“{key}”在文件中重复，只导入第一行。",
    "The key “{key}” is repeated in the file; only its first row was imported.",
  ),
  "import.changedKey": e(
    "CONFLICT",
    "编号“{key}”已导入过，内容不同，未覆盖，请核对。",
    "The key “{key}” was imported before with other content; nothing was overwritten. Check it.",
  ),
  "import.unknownUnit": e(
    "BAD_REQUEST",
    "没有代码为“{unit}”的单位，请先建立单位或更正。",
    "There is no unit with code “{unit}”. Create it or correct the row.",
  ),
  "import.unknownDate": e(
    "BAD_REQUEST",
    "无法识别日期“{column}”，请更正格式。",
    "The date in “{column}” cannot be read. Correct its form.",
  ),
  "import.brokenEncoding": e(
    "BAD_REQUEST",
    "该行含有无法解码的字符，未导入，请确认文件编码。",
    "The row holds characters that cannot be decoded. Confirm the file's encoding.",
  ),
  "import.future": e(
    "BAD_REQUEST",
    "收件时间晚于今天，未导入，请更正。",
    "The date of receipt lies in the future. Correct the row.",
  ),
  "import.columnMissing": e(
    "BAD_REQUEST",
    "文件缺少“{column}”列，请重新对应列。",
    "The file lacks the column “{column}”. Map the columns again.",
  ),
  "import.unreadable": e(
    "BAD_REQUEST",
    "文件从第 {row} 行起无法读取，请另存为 CSV（UTF-8）或 XLSX 后再上传。",
    "The file cannot be read from row {row} on. Save it again as CSV (UTF-8) or XLSX and upload it.",
  ),
  "import.empty": e(
    "BAD_REQUEST",
    "文件中没有数据行，请检查后重新上传。",
    "The file holds no rows of data. Check it and upload it again.",
  ),
  "import.tooManyRows": e(
    "PAYLOAD_TOO_LARGE",
    "文件超过 {max} 行，请分成几个文件导入。",
    "The file has more than {max} rows. Split it into several files.",
  ),
  "import.notFound": e(
    "NOT_FOUND",
    "没有找到这次导入，请返回列表重新选择。",
    "No such import was found. Go back to the list and choose again.",
  ),
  "import.state": e(
    "CONFLICT",
    "这次导入目前不能进行这一步，请刷新页面查看进度。",
    "This step does not apply to the import now. Reload the page to see how far it is.",
  ),
  "person.notFound": e("NOT_FOUND", "没有找到这个人，请重新选择。", "No such person was found. Choose again."),
  "person.usernameTaken": e(
    "CONFLICT",
    "账号“{username}”已被使用，请换一个。",
    "The user name “{username}” is in use. Choose another.",
  ),
  "person.usernameForm": e(
    "BAD_REQUEST",
    "账号为 3–40 位字母、数字、汉字或 . _ -。",
    "A user name has 3 to 40 letters, digits or . _ -.",
  ),
  "person.stale": e(
    "CONFLICT",
    "该人员资料刚被他人修改，请查看最新内容后再保存。",
    "Somebody has just changed this person. Look at the latest state, then save.",
  ),
  "person.kindUnknown": e(
    "BAD_REQUEST",
    "人员类别“{kind}”无法识别，请更正。",
    "The kind of person “{kind}” is not known. Correct it.",
  ),
  "person.roleUnknown": e(
    "BAD_REQUEST",
    "角色“{role}”无法识别，请更正；多个角色用分号隔开。",
    "The role “{role}” is not known. Correct it; several roles are divided by semicolons.",
  ),
  "grant.self": e(
    "FORBIDDEN",
    "不能给自己授权，请由其他管理员办理。",
    "Nobody grants himself a role. Another administrator must do it.",
  ),
  "grant.outside": e("FORBIDDEN", "只能在您管理的单位授权。", "You can grant roles only at units you administer."),
  "grant.needsSecond": e(
    "CONFLICT",
    "该角色可接触敏感内容，须由上级单位的另一名管理员确认。",
    "This role reads sensitive content: a second administrator of the superior unit must confirm.",
  ),
  "grant.notFound": e(
    "NOT_FOUND",
    "没有找到这项授权，请刷新后再试。",
    "No such grant was found. Reload and try again.",
  ),
  "grant.exists": e(
    "CONFLICT",
    "该人员在这一单位已有此角色。如需更改期限，请先撤销再授权。",
    "This person holds the role at this unit already. To change its end, revoke it first, then grant it again.",
  ),
  "grant.lastAdmin": e(
    "CONFLICT",
    "这是最后一名平台管理员，不能撤销。请先授权他人。",
    "This is the last platform administrator. Grant the role to somebody else first.",
  ),
  "account.wrong": e(
    "UNAUTHORIZED",
    "账号或密码不正确，请核对后再试。",
    "The user name or password is wrong. Check and try again.",
  ),
  "account.passwordShort": e(
    "BAD_REQUEST",
    "密码至少 {min} 位，建议用一句容易记住的话。",
    "A password has at least {min} characters; a sentence you remember is best.",
  ),
  "account.passwordKnown": e(
    "BAD_REQUEST",
    "该密码过于常见或与账号相同，请换一个。",
    "This password is too common or equals the user name. Choose another.",
  ),
  "account.passwordSame": e(
    "BAD_REQUEST",
    "新密码与原密码相同，请换一个。",
    "The new password is the old one. Choose another.",
  ),
  "account.mustChangePassword": e("FORBIDDEN", "请先修改初始密码。", "Change your first password before going on."),
  "account.mustEnrolSecondFactor": e(
    "FORBIDDEN",
    "您的角色需要两步验证，请先设置。",
    "Your role needs a second factor. Set it up before going on.",
  ),
  "account.insecure": e(
    "PRECONDITION_FAILED",
    "非加密连接不能登录。请使用 https 地址，或请管理员设置证书。",
    "Sign-in does not work over an unencrypted connection. Use the https address, or ask the administrator to set up a certificate.",
  ),
  "account.ownSlip": e(
    "FORBIDDEN",
    "不能给自己打印密码条。修改密码请到“我的账号”；密码遗失请由其他管理员办理。",
    "Nobody prints a slip for himself. Change your password under “My account”, or ask another administrator.",
  ),
  "account.disabled": e(
    "FORBIDDEN",
    "该账号已停用，请联系单位管理员。",
    "This account is disabled. Ask your unit's administrator.",
  ),
  "account.codeWrong": e(
    "UNAUTHORIZED",
    "验证码不正确，请查看验证器上最新的六位数字，或使用打印的备用码。",
    "The code is wrong. Enter the newest six digits of the authenticator, or one of the printed codes.",
  ),
  "account.signInAgain": e(
    "UNAUTHORIZED",
    "登录已超时，请重新输入账号和密码。",
    "The sign-in took too long. Enter user name and password again.",
  ),
  "account.slipExpired": e(
    "FORBIDDEN",
    "一次性密码已过期，请单位管理员重新打印。",
    "The one-time password has expired. Ask your unit's administrator for a new slip.",
  ),
  "account.factorRequired": e(
    "CONFLICT",
    "您的角色需要两步验证，不能关闭。",
    "Your role needs a second factor; it cannot be switched off.",
  ),
  "account.factorOn": e(
    "CONFLICT",
    "两步验证已经设置。如已丢失，请单位管理员当面重置。",
    "A second factor is set up already. If it is lost, your unit's administrator resets it in person.",
  ),
  "redaction.notFound": e(
    "BAD_REQUEST",
    "这件事的文字里没有找到这些字。请从原文中照抄一遍。",
    "These words stand nowhere in the case. Copy them from the text as they are.",
  ),
  "redaction.known": e("CONFLICT", "这些字已经遮盖了，不需要重复。", "These words are covered already."),
  "redaction.many": e(
    "CONFLICT",
    "一件最多遮盖 {most} 处字词。请先取消不再需要的。",
    "At most {most} marks in one case. Uncover what need not be covered any more.",
  ),
  "redaction.permanent": e(
    "CONFLICT",
    "永久遮盖不能取消。只需遮盖一段时间的，应选择临时遮盖。",
    "What is covered for good cannot be uncovered. For a time only, it has to be marked as temporary.",
  ),
  "redaction.none": e(
    "NOT_FOUND",
    "没有这处遮盖，或者已经取消。请刷新页面查看。",
    "There is no such mark, or it was lifted. Load the page again.",
  ),
  "redaction.outside": e(
    "FORBIDDEN",
    "这件事有遮盖的内容，文书和附件只有办理人员能打开。需要的，请向办理单位索取摘录。",
    "Something of this case is covered, so its letters and files open for those who handle it alone. Ask them for an extract.",
  ),
  "mandate.own": e(
    "FORBIDDEN",
    "这件事只能由当事人本人做，代为反映的人不能代办。请转告本人用自己的查询码办理。",
    "Only the petitioner himself can do this, nobody who speaks for him. Let him do it with his own code.",
  ),
  "mandate.scope": e(
    "FORBIDDEN",
    "您的委托不包括这件事。如有需要，请本人另行委托，或者由本人办理。",
    "Your mandate does not reach this far. Ask the petitioner to widen it, or to do it himself.",
  ),
  "mandate.consent": e(
    "FORBIDDEN",
    "撤回、确认办结、评价等要以本人同意为准。信访部门核实本人同意之后，才能代办。",
    "To withdraw, confirm or rate, the person concerned must have agreed. You can do it once the office has confirmed that.",
  ),
  "mandate.two": e(
    "CONFLICT",
    "同时最多委托两人。请先结束其中一人的委托。",
    "At most two people can speak for you at a time. End one mandate first.",
  ),
  "mandate.until": e(
    "BAD_REQUEST",
    "委托期限应从今天起、不超过 {last}。请改选日期。",
    "A mandate can end between today and {last}. Choose another date.",
  ),
  "mandate.notFound": e(
    "NOT_FOUND",
    "没有这份委托，或者委托已经结束。请刷新页面查看。",
    "There is no such mandate, or it has ended. Load the page again.",
  ),
  "identity.known": e(
    "CONFLICT",
    "您已经说明过身份，不需要再填。需要更正的，请在留言中告诉我们。",
    "You have said who you are already. To correct it, write us a message.",
  ),
  "vault.purposeMissing": e("BAD_REQUEST", "请写明查看身份的目的。", "Say why the identity is opened."),
  "vault.nothing": e("NOT_FOUND", "该事项没有留存身份信息。", "No identity is kept for this petition."),
  "vault.second": e(
    "FORBIDDEN",
    "查看这一身份须先提出申请，由身份保管人和另一人同意后才能查看。",
    "Ask for it first: the custodian and, where the matter is sensitive, a second person must agree.",
  ),
  "vault.requestNotFound": e("NOT_FOUND", "没有找到这项身份申请。", "No such request for identity was found."),
  "vault.requestDecided": e(
    "CONFLICT",
    "这项申请已有决定，请刷新查看。",
    "This request was decided already. Reload to see it.",
  ),
  "vault.samePerson": e(
    "FORBIDDEN",
    "须由另一人决定：申请人和已经同意的人不能再作决定。",
    "Another person must decide: neither who asked nor who agreed already.",
  ),
  "vault.messageMissing": e("BAD_REQUEST", "请写明要转告的内容。", "Write what is to be passed on."),
  "vault.tellAfter": e(
    "BAD_REQUEST",
    "最迟须在{days}天内告知信访人，请改早日期。",
    "The petitioner must be told within {days} days. Choose an earlier day.",
  ),
  "recusal.askedBefore": e(
    "CONFLICT",
    "对此人的回避申请已作过决定，不再重复申请。如有新的情况，请写留言。",
    "Recusal of this person was decided already. Write a message if something new has come up.",
  ),
  "recusal.noHandler": e(
    "CONFLICT",
    "还没有确定承办人，确定后可以申请回避。",
    "Nobody handles it yet. Once somebody does, you can ask for another person.",
  ),
  "recusal.standsOut": e("CONFLICT", "此人已经回避，不再参与办理。", "This person stands out of the case already."),
  "access.tooMany": e(
    "CONFLICT",
    "一天内最多申请 {most} 次，请明天再试。确有紧急情况，请直接联系纪检部门。",
    "At most {most} requests a day. Try again tomorrow, or call the discipline organ if it is urgent.",
  ),
  "access.notNeeded": e(
    "CONFLICT",
    "您本来就可以查看此件，不必申请。",
    "You see this case anyway. There is nothing to ask for.",
  ),
  "access.notFound": e(
    "NOT_FOUND",
    "没有找到这项查阅申请，可能已有人处理或者已过期。",
    "No such request was found. It may have been decided or have lapsed.",
  ),
  "access.nothing": e(
    "CONFLICT",
    "此编号没有可以向申请人开放的事项，请不予同意。",
    "There is no case of this number that may be opened to the asker. Refuse it.",
  ),
  "access.readOnly": e(
    "FORBIDDEN",
    "您是经特别申请查阅此件的，只能看，不能办理。",
    "You were let in to read this case. You cannot act in it.",
  ),
  "kin.oneself": e("BAD_REQUEST", "请选择本人以外的人。", "Choose somebody other than yourself."),
  "kin.tooMany": e(
    "CONFLICT",
    "亲属申报最多 {most} 人。请先删去不再需要的一项。",
    "At most {most} people can be declared. Take one away first.",
  ),
  "kin.notFound": e("NOT_FOUND", "没有找到这项亲属申报。", "No such declaration was found."),
  "mediator.handles": e(
    "CONFLICT",
    "承办人和经办此事的人不能作调解员。请另选一人。",
    "Whoever handles the case cannot be its mediator. Choose somebody else.",
  ),
  "handler.decidedBefore": e(
    "CONFLICT",
    "此人已就此事作过决定，不能再承办。请另选一人。",
    "This person has decided on the matter before and cannot handle it. Choose somebody else.",
  ),
  "decider.before": e(
    "CONFLICT",
    "您已就此事作过同样性质的决定，须由他人办理。",
    "You have ended this case before. Somebody else must decide this time.",
  ),
  "recusal.notFound": e("NOT_FOUND", "没有找到这项回避申请。", "No such request for recusal was found."),
  "notification.notFound": e(
    "NOT_FOUND",
    "没有找到这条提醒，可能已经不再适用。",
    "No such notification was found; it may no longer apply.",
  ),
  "notification.fixed": e(
    "BAD_REQUEST",
    "超期、紧急危险和打击报复的提醒不能关闭。请保留这几项后再保存。",
    "Notifications of missed periods, danger and retaliation cannot be switched off. Keep them on and save again.",
  ),
  "notification.address": e(
    "BAD_REQUEST",
    "邮箱地址不完整，请检查后再保存，例如 li@example.org。",
    "That is no e-mail address. Check it and save again, for instance li@example.org.",
  ),
  "notification.noAddress": e(
    "BAD_REQUEST",
    "请先填写邮箱地址，再选择邮件提醒。",
    "Give an e-mail address first, then choose e-mail.",
  ),
  "system.notFound": e(
    "NOT_FOUND",
    "没有这个对接系统或令牌，可能已停用。请刷新列表。",
    "There is no such connected system or token; it may have ended. Reload the list.",
  ),
  "system.nameTaken": e(
    "CONFLICT",
    "已有同名的对接系统，请换一个名称，或先停用原来的。",
    "Another connected system has this name. Choose another, or end that one first.",
  ),
  "system.needsSecond": e(
    "FORBIDDEN",
    "该系统可以接触信件内容，须由另一位平台管理员同意后才能使用。",
    "This system can reach what people wrote: another platform administrator has to agree first.",
  ),
  "system.tokenUntil": e(
    "BAD_REQUEST",
    "令牌的截止日期须在今天之后、{days} 天以内，请重新选择。",
    "A token must end between today and {days} days from now. Choose another day.",
  ),
  "system.token": e(
    "UNAUTHORIZED",
    "令牌无效、已过期或已撤销，请向平台管理员申请新的令牌。",
    "The token is not valid, has expired or was revoked. Ask an administrator of the platform for a new one.",
  ),
  "system.scope": e(
    "FORBIDDEN",
    "该令牌不包含“{scope}”权限，请平台管理员为系统增加此项权限。",
    "The token does not cover “{scope}”. Ask an administrator of the platform for a system with this scope.",
  ),
  "address.unknown": e(
    "NOT_FOUND",
    "没有这个地址，请核对网址，或向提供地址的单位询问。",
    "There is no such address. Check it, or ask the unit that gave it to you.",
  ),
  "address.method": e("BAD_REQUEST", "此地址只接受 {methods}。", "This address takes {methods} only."),
  "address.type": e(
    "BAD_REQUEST",
    "此地址只接受 {types}，请改用其中一种内容类型再发。",
    "This address takes {types} only. Send it as one of these media types.",
  ),
  "address.key": e(
    "UNAUTHORIZED",
    "此地址需要密钥，请向该单位申请，并放在 X-Api-Key 标头中。",
    "This address needs a key. Ask the unit for one and send it in the header X-Api-Key.",
  ),
  "module.notFound": e(
    "NOT_FOUND",
    "没有这个模块，或在本单位未启用。",
    "There is no such module, or it is off at this unit.",
  ),
  "module.locked": e(
    "FORBIDDEN",
    "该模块由上级“{unit}”锁定，可向其申请解锁。",
    "This module is locked by “{unitEn}”. Ask it to unlock.",
  ),
  "module.lockRight": e(
    "FORBIDDEN",
    "只有上级管理员可以锁定下级的模块。",
    "Only an administrator of the superior unit can lock a module.",
  ),
  "module.stale": e(
    "CONFLICT",
    "他人刚修改了模块设置，请查看后再保存，您的更改仍保留在页面上。",
    "Somebody has just changed the modules. Look, then save again; your changes are kept on the page.",
  ),
  "module.settings": e(
    "BAD_REQUEST",
    "模块设置“{key}”不符合要求，请更正。",
    "The setting “{keyEn}” is not valid. Correct it.",
  ),
  "module.settingsAtMost": e(
    "BAD_REQUEST",
    "“{key}”不能大于上级“{unit}”规定的 {bound}。请改小，或向其申请放宽。",
    "“{keyEn}” must not be more than {bound}, which “{unitEn}” has set. Make it less, or ask that unit.",
  ),
  "module.settingsAtLeast": e(
    "BAD_REQUEST",
    "“{key}”不能小于上级“{unit}”规定的 {bound}。请改大，或向其申请放宽。",
    "“{keyEn}” must not be less than {bound}, which “{unitEn}” has set. Make it more, or ask that unit.",
  ),
  "module.settingsSubset": e(
    "BAD_REQUEST",
    "“{key}”只能在上级“{unit}”规定的范围内选择：{bound}。",
    "“{keyEn}” can only be chosen from what “{unitEn}” allows: {bound}.",
  ),
  "module.failed": e(
    "CONFLICT",
    "该模块暂不可用，其他功能不受影响。请稍后再试。",
    "This module is not available now; everything else works. Try again later.",
  ),
  "module.busy": e(
    "TOO_MANY_REQUESTS",
    "同时使用的人太多，这次没有办成，已填写的内容不会丢失。请稍等片刻再试。",
    "Too many people use this at once, and nothing was done; what you entered is kept. Try again in a moment.",
  ),
  "module.paused": e(
    "CONFLICT",
    "该模块接连出错，已暂停使用，其他功能不受影响。请在 {seconds} 秒后再试。",
    "This module kept failing and is paused; everything else works. Try again in {seconds} seconds.",
  ),
  "module.refused": e("CONFLICT", "{why}", "{whyEn}"),
  "module.sealed": e(
    "CONFLICT",
    "检举控告和打击报复类事项不向模块开放，请在办理页面直接办理。",
    "Accusations and reports of retaliation are closed to modules. Work on them at the desk itself.",
  ),
  "consent.stands": e(
    "CONFLICT",
    "这件事已经征求过同意，来信人尚未回答或已同意。需要另行征求的，请先取消原来的。",
    "The petitioner was asked for this already and has not answered yet, or has consented. Drop that before he is asked again.",
  ),
  "consent.notAsked": e(
    "CONFLICT",
    "没有正在征求的同意。请刷新页面后查看。",
    "Nothing of the kind is asked. Reload the page to see how it stands.",
  ),
  "consent.answered": e(
    "CONFLICT",
    "这件事已经回答过，或者不再征求。请刷新页面后查看。",
    "This was answered already, or is asked no more. Reload the page to see how it stands.",
  ),
  "moduleClock.running": e(
    "CONFLICT",
    "这项期限已在计时，{due}到期。请先停止，再重新开始。",
    "This period runs already and ends on {due}. Stop it before it is started again.",
  ),
  "moduleClock.notRunning": e(
    "CONFLICT",
    "这项期限没有在计时。请刷新后查看。",
    "This period is not running. Reload to see how it stands.",
  ),
  "module.running": e(
    "CONFLICT",
    "模块仍在使用。请先停止使用，再申请清除数据。",
    "The module is still in service. End it first, then ask for its data to be removed.",
  ),
  "module.keepsData": e(
    "CONFLICT",
    "该模块规定其数据须长期保存，不能清除。",
    "The module says that its data are kept for good; they cannot be removed.",
  ),
  "module.noData": e(
    "NOT_FOUND",
    "该模块没有可清除的数据，或已有人申请。请刷新后查看。",
    "There are no data of this module to remove, or somebody has asked for it already. Load the page again.",
  ),
  "module.samePerson": e(
    "FORBIDDEN",
    "清除数据须由另一名管理员决定。",
    "Another administrator has to decide about the removal of data.",
  ),
  "module.publisherKey": e(
    "BAD_REQUEST",
    "这不是 Ed25519 公钥（PEM 格式）。请向发布者索取公钥文件。",
    "That is no Ed25519 public key in PEM form. Ask the publisher for the file of the public key.",
  ),
  "module.publisherUnknown": e(
    "NOT_FOUND",
    "没有这个受信任的发布者。请查看列表。",
    "There is no such trusted publisher. Look at the list.",
  ),
  "module.notApproved": e(
    "CONFLICT",
    "模块申请的权限尚未全部批准：{capabilities}。请逐项阅读并批准后再安装。",
    "Not everything the module asks for has been approved: {capabilities}. Read and approve each, then install.",
  ),
  "module.versionUnknown": e(
    "NOT_FOUND",
    "没有安装过这个版本。请在模块的版本列表中选择。",
    "That version was never installed. Choose one from the module's list of versions.",
  ),
  "module.archive": e("BAD_REQUEST", "模块包不能安装：{problem}", "The archive cannot be installed: {problemEn}"),
  "themes.noWord": e(
    "BAD_REQUEST",
    "按“{word}”搜不到内容。请填两个以上汉字，或一个英文词。",
    "Nothing is found by “{word}”. Enter two or more Chinese characters, or an English word that says something.",
  ),
  "themes.personal": e(
    "BAD_REQUEST",
    "“{word}”像是人名、电话、证件号或邮箱。议题只看事情，不看人。请换一个说事情的词。",
    "“{word}” looks like the name, number or address of a person. Themes are about matters, never people. Choose a word for the matter.",
  ),
  "themes.wordTaken": e(
    "CONFLICT",
    "“{word}”已经是这个或别的议题的词，一个词只归一个议题，不能再加。",
    "“{word}” is a word of this theme or of another already, and a word belongs to one theme. Choose another word.",
  ),
  "themes.tooMany": e(
    "CONFLICT",
    "本单位在这个议题里已有 {most} 个词。请先停用不再需要的词。",
    "The unit has {most} words of its own in this theme. End one that is no longer needed first.",
  ),
  "themes.wordGone": e(
    "NOT_FOUND",
    "本单位没有这个词，或已停用。请查看最新列表。",
    "The unit has no such word, or it was ended. Look at the latest list.",
  ),
  "topic.known": e(
    "CONFLICT",
    "这件信访已经记有这个主题，不用再记。",
    "This petition has that topic already. Nothing needs to be marked.",
  ),
  "topic.notNever": e(
    "CONFLICT",
    "这个主题没有标为不得调解，登记以后不能补记。请另选一个。",
    "That topic is not one of those that are never mediated. Choose another.",
  ),
  "topic.notOfCase": e(
    "CONFLICT",
    "这件信访没有记这个主题。请刷新页面后重新选择。",
    "This petition has no such topic. Load the page anew and choose again.",
  ),
  "topics.stale": e(
    "CONFLICT",
    "主题目录刚被他人修改，请查看最新内容后再保存。",
    "Somebody has just changed the topics. Look at the latest state, then save.",
  ),
  "topics.codeTaken": e(
    "CONFLICT",
    "主题代码“{code}”重复，请换一个。",
    "The topic code “{code}” is used twice. Choose another.",
  ),
  "topics.onlyStricter": e(
    "CONFLICT",
    "“{code}”已标为不得调解，标记不能取消。",
    "“{code}” is marked as never mediated, and such a mark stays. Leave it set.",
  ),
  "topics.platformOwn": e(
    "CONFLICT",
    "“{code}”是平台自带的主题，不能停用，也不能改代码。可以改名称。",
    "“{code}” is a topic of the platform: it is neither retired nor given another code. Its name may be changed.",
  ),
  "topics.cycle": e(
    "BAD_REQUEST",
    "主题的上级关系有误，请更正。",
    "The topics' parents are not consistent. Correct them.",
  ),
  "own.nothingCorrected": e(
    "BAD_REQUEST",
    "请填写要更正的姓名或者联系方式。",
    "Give the name or the contact that is to be corrected.",
  ),
  "retention.bounds": e(
    "BAD_REQUEST",
    "保管期限须在 {least} 到 {most} 个月之间：卷宗只能更长，身份信息只能更短。请改填这个范围内的月数。",
    "The time must lie between {least} and {most} months: a file may be kept longer, an identity may be cut sooner, never the other way.",
  ),
  "retention.notWaiting": e(
    "CONFLICT",
    "这一批已经处理，或保管期限刚有变更。请刷新后再看。",
    "This round was decided already, or a rule has just changed. Load the page again.",
  ),
  "retention.samePerson": e(
    "FORBIDDEN",
    "更改过这类保管期限的人不能批准销毁。请由另一名平台管理员批准。",
    "Whoever changed a rule of this class cannot approve what it destroys. Ask another administrator of the platform.",
  ),
  "case.destroyed": e(
    "NOT_FOUND",
    "这件信访的卷宗已保管期满，于 {on} 按规定销毁，内容无法再查看。办理过程的凭证仍保留；如有新的情况，可以重新提交。",
    "The file of this petition was kept for its full time and destroyed by rule on {on}; it can be shown no more. Proof that it was handled remains. If something is new, you can file again.",
  ),
  "vault.cut": e(
    "CONFLICT",
    "身份信息已保管期满，于 {on} 按规定销毁，无法再查看。",
    "The time for which the identity is kept is over: it was destroyed by rule on {on}.",
  ),
  "ledger.notFound": e(
    "NOT_FOUND",
    "没有这条留痕记录，请从审计列表重新打开。",
    "There is no such entry. Open it again from the list of the audit.",
  ),
  "backup.folder": e(
    "BAD_REQUEST",
    "服务器不能写入文件夹“{folder}”。请填写服务器上的完整路径（如 /backup/doorstep），并让运行服务的账号可以写入。",
    "The server cannot write to the folder “{folder}”. Give a full path on the server’s machine (such as /backup/doorstep) that its account may write to.",
  ),
  "backup.folderInside": e(
    "BAD_REQUEST",
    "“{folder}”在数据文件夹里，磁盘损坏或数据被改时会一起丢失。请选择数据文件夹以外的位置。",
    "“{folder}” lies in the data folder and would be lost or changed with it. Choose a place outside.",
  ),
  "backup.running": e(
    "CONFLICT",
    "正在备份，请等它完成后再试。",
    "A backup is being made. Wait until it is done, then try again.",
  ),
  "backup.notArchive": e(
    "BAD_REQUEST",
    "文件“{file}”不是连心桥的备份文件。请选择扩展名为 .doorstep 的备份文件。",
    "“{file}” is no backup of Doorstep. Name a file that ends in .doorstep.",
  ),
  "backup.wrongKey": e(
    "BAD_REQUEST",
    "这份备份用密钥 {archive} 加密，现有密钥是 {here}。请用 --keys 指定当时的密钥文件。",
    "This backup was made under the key {archive}; the key here is {here}. Name the key file of that time with --keys.",
  ),
  "backup.noKey": e(
    "BAD_REQUEST",
    "没有找到密钥。请用 --keys 指定密钥文件；没有密钥，备份无法读取。",
    "There is no key here. Name the key file with --keys: without it nobody can read the backup.",
  ),
  "backup.passphrase": e(
    "BAD_REQUEST",
    "这份备份用口令加密。请用 --passphrase-file 指定写有口令的文件。",
    "This backup is locked with a passphrase. Name the file that holds it with --passphrase-file.",
  ),
  "backup.damaged": e(
    "BAD_REQUEST",
    "备份文件不完整、被改动，或口令有误；没有恢复任何内容。请换用另一份备份，或重新复制后再试。",
    "The backup is cut short, was changed, or the passphrase is wrong; nothing was restored. Take another backup, or copy it again.",
  ),
  "backup.newer": e(
    "CONFLICT",
    "数据由版本 {version} 写成（{file}），本版本 {ours} 没有这一步。请使用版本 {version} 或更高的版本。",
    "The data were written by release {version} ({file}), which this release {ours} does not know. Use release {version} or later.",
  ),
  "backup.notEmpty": e(
    "CONFLICT",
    "{place}不是空的，恢复只在空的位置进行，以免覆盖数据。请用 DOORSTEP_DATA_DIR 或 DATABASE_URL 指定空的位置。",
    "{place} is not empty, and a restore never overwrites. Name an empty place in DOORSTEP_DATA_DIR or DATABASE_URL.",
  ),
  "backup.unfinishedRestore": e(
    "CONFLICT",
    "上一次恢复没有完成，这里的数据不完整。请清空该位置，再恢复一次。",
    "A restore was broken off here, so the data are not whole. Empty this place and restore again.",
  ),
  "backup.failed": e(
    "CONFLICT",
    "升级前的备份没有做成（{reason}），所以没有升级，数据未动。请清理磁盘空间，或自行备份后设置 DOORSTEP_UPGRADE_WITHOUT_BACKUP=1 再启动。",
    "The backup before the upgrade failed ({reason}), so nothing was changed. Make room, or back up by hand and start with DOORSTEP_UPGRADE_WITHOUT_BACKUP=1.",
  ),
  "keys.wrong": e(
    "CONFLICT",
    "这里的数据用密钥 {data} 加密，现有密钥是 {here}，所以没有打开。请换回正确的密钥文件；如果更换密钥时中断过，请再次运行 doorstep keys rotate。",
    "The data here lie under the key {data}; the key given is {here}, so nothing was opened. Put the right key file back; if a change of keys was broken off, run doorstep keys rotate again.",
  ),
  "keys.unfinished": e(
    "CONFLICT",
    "密钥更换到一半中断了，数据完好。请再次运行 doorstep keys rotate，完成后再启动。",
    "A change of the master key was broken off half-way; nothing is lost. Run doorstep keys rotate again, then start.",
  ),
  "keys.running": e(
    "CONFLICT",
    "正在更换密钥。请等 doorstep keys rotate 完成后再启动。",
    "The master key is being changed. Start again when doorstep keys rotate has ended.",
  ),
  "keys.inUse": e(
    "CONFLICT",
    "服务或其他命令正在使用数据，不能更换密钥。请先停止全部服务进程，再试一次。",
    "A server or another command is using the data, so the key cannot be changed. Stop every server process and try again.",
  ),
  "keys.startFirst": e(
    "CONFLICT",
    "这个版本还没有在这些数据上启动过。请先启动一次服务，停止后再更换密钥。",
    "This release has not been started on these data yet. Start the server once, stop it, then change the key.",
  ),
  "keys.nextNeeded": e(
    "BAD_REQUEST",
    "密钥由 DOORSTEP_KEY_COMMAND 提供，系统不能替换它。请用 --new-key 指定新密钥文件（不存在时会生成）。",
    "DOORSTEP_KEY_COMMAND gives the key, so it cannot be replaced from here. Name the file of the new key with --new-key (it is made when missing).",
  ),
  "keys.nextLost": e(
    "CONFLICT",
    "上次更换密钥用的新密钥 {next} 不在 {place}。请把它放回去再运行；没有它，已更换的部分无法读取。",
    "The new key {next} of the change that was begun is not in {place}. Put it back and run this again: without it, what was changed cannot be read.",
  ),
  "keys.nextUnfit": e(
    "BAD_REQUEST",
    "{place} 中的新密钥应标为版本 {version}，且不能与现有密钥相同。请换一个文件名，让系统生成新密钥。",
    "The new key in {place} has to bear the version {version} and to differ from the one in use. Name another file and let a new key be made.",
  ),
  "keys.notAll": e(
    "CONFLICT",
    "有 {count} 项数据用新密钥打不开（{kinds}），所以没有停用旧密钥。请保留两个密钥，并联系维护人员。",
    "{count} pieces of data do not open with the new key ({kinds}), so the old key was not put away. Keep both keys and ask the maintainers.",
  ),
  "setup.done": e("CONFLICT", "系统已完成初始设置，请登录。", "The set-up is done. Sign in."),
  "setup.link": e(
    "FORBIDDEN",
    "设置链接无效或已使用，请使用启动时显示的链接。",
    "The set-up link is wrong or used. Use the one printed at start.",
  ),
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorCatalogue;
export type ErrorParams = Readonly<Record<string, string | number>>;

/** An expected refusal; anything else that is thrown is a defect and is reported as one. */
export class DoorstepError extends Error {
  override readonly name = "DoorstepError";
  readonly code: ErrorCode;
  /** Values for the message's placeholders. Never personal data: they reach the log. */
  readonly params: ErrorParams;
  /** every reason, where an act was refused for several */
  readonly reasons: readonly { readonly code: string; readonly params?: ErrorParams }[];

  constructor(
    code: ErrorCode,
    params: ErrorParams = {},
    reasons: readonly { readonly code: string; readonly params?: ErrorParams }[] = [],
  ) {
    super(code);
    this.code = code;
    this.params = params;
    this.reasons = reasons;
  }
}

export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errorCatalogue, code);

/** The catalogue's sentence with its params filled in. */
export function errorText(code: string, params: ErrorParams, locale: keyof Text): string {
  const entry = errorCatalogue[isErrorCode(code) ? code : "unexpected"];
  return entry.text[locale].replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? "–"));
}
