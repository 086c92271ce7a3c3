import type {
  Category,
  EventType,
  FileRequest,
  FileResult,
  Id,
  ImportInput,
  ImportOutcome,
  IntakeChannel,
  mediationEnds,
  PersonKind,
  Role,
  State,
  Text,
} from "@doorstep/contracts";
import type { DatasetShape } from "./manifest.ts";

/**
 * A unit as plugins see it.
 *
 * @since 0.1
 */
export interface Unit {
  readonly id: Id;
  readonly code: string;
  readonly name: Text;
  /** IANA name; statutory dates are local dates of this zone. */
  readonly timeZone: string;
}

/**
 * A petition as plugins see it: never who wrote it, never its text.
 *
 * @since 0.1
 */
export interface CaseBrief {
  readonly caseId: Id;
  readonly caseNo: string;
  readonly title: string;
  readonly state: State;
  readonly category: Category | null;
  /** Whether more than the ordinary care holds for it: who may learn of it is chosen one by one. */
  readonly confidential: boolean;
  readonly channel: IntakeChannel;
  readonly holder: { readonly id: Id; readonly name: Text };
  /** Instant. */
  readonly receivedAt: string;
  /** Local date of the nearest running period. */
  readonly dueOn: string | null;
}

/**
 * A petition that a leader has taken upon himself.
 *
 * @since 0.1
 */
export interface Charge {
  readonly caseId: Id;
  /** Instant. */
  readonly takenAt: string;
}

/**
 * A row of an old register, as `ctx.intake.import` took it over.
 *
 * @since 0.1
 */
export interface OriginalRow {
  readonly source: string;
  readonly sourceKey: string;
  readonly cells: readonly { readonly column: string; readonly value: string }[];
  readonly withheld: readonly string[];
}

/**
 * An old record for `ctx.intake.import`, as its source states it. Without a unit it is the call's own.
 *
 * @since 0.1
 */
export type ImportRecord = Omit<ImportInput, "unitId"> & { readonly unitId?: Id };

/**
 * `ctx.fetch`: one exchange with a listed address, by the host. 10 s; 1 MB out, 4 MB in. A redirect is an answer like
 * another, and no cookie is kept.
 *
 * @throws Error where the address is not listed, a public name leads into a private network, or the exchange fails.
 * @since 0.1
 */
export type PluginFetch = (
  url: string | URL,
  init?: {
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string | Uint8Array;
  },
) => Promise<Response>;

/**
 * A message of a petition's conversation.
 *
 * @since 0.1
 */
export interface ThreadMessage {
  readonly id: Id;
  /** Instant. */
  readonly at: string;
  readonly from: "petitioner" | "office" | "system";
  readonly to: "petitioner" | "inside";
  readonly text: string;
  readonly files: number;
}

/**
 * What `ctx.thread.fromPetitioner` is given.
 *
 * @since 1.1
 */
export interface PetitionersWords {
  /** Up to 10,000 characters. */
  readonly text: string;
  /** `<plugin>/<name>`, one of the plugin's own that is on at the call's unit. */
  readonly channel: string;
  /** Local date on which it arrived, today or before. */
  readonly receivedOn: string;
  /** What `ctx.intake.attach` or `ctx.thread.attach` has kept, at most 20, each once. */
  readonly fileIds?: readonly Id[];
  /** Up to 100 characters. */
  readonly key: string;
}

/**
 * What `ctx.appointments.book` is given.
 *
 * @since 0.1
 */
export interface AppointmentInput {
  /** Absent: the work of the call's unit, and of no petition. */
  readonly caseId?: Id | null;
  /** Where, in words; up to 200 characters. */
  readonly place: string;
  /** A room of the unit that is taken meanwhile. */
  readonly room?: string;
  /** People of the house who are to be there, at most 20. */
  readonly people: readonly Id[];
  /** Instants; a day apart at most. */
  readonly startsAt: string;
  readonly endsAt: string;
  readonly key: string;
}

/**
 * An appointment as its plugin sees it.
 *
 * @since 0.1
 */
export interface Appointment {
  readonly appointmentId: Id;
  readonly caseId: Id | null;
  readonly place: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly cancelled: boolean;
  /** Whether the asker is to be there. */
  readonly mine: boolean;
}

/**
 * One entry of the ledger, for figures.
 *
 * @since 0.1
 */
export interface FeedFact {
  readonly caseId: Id;
  /** In the chain of the petition, from 1. */
  readonly seq: number;
  /** Instant. */
  readonly at: string;
  readonly type: EventType;
  readonly by: "person" | "petitioner" | "anonymous" | "system";
  /** Codes, ids of units and petitions, days, counts. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** A page of the feed. */
export interface FeedPage {
  readonly facts: readonly FeedFact[];
  /** The same as before where there is nothing new. */
  readonly next: string;
}

/**
 * A dataset, as `ctx.datasets.list` tells of it.
 *
 * @since 0.1
 */
export interface DatasetAbout extends DatasetShape {
  /** `<plugin>/<name>` */
  readonly dataset: string;
  readonly title: Text;
  /** The plugin that counts it. */
  readonly module: Text;
}

/**
 * What `ctx.datasets.read` is given.
 *
 * @since 0.1
 */
export interface ReleasesAsked {
  /** `<plugin>/<name>` */
  readonly dataset: string;
  /** Absent: the call's own. */
  readonly unitId?: Id;
  /** With the units right below it. */
  readonly below?: boolean;
  /** Months (`YYYY-MM`), both included; at most 36. */
  readonly from: string;
  readonly to: string;
}

/**
 * A unit's figures of a month as they were released. `null` is what was left out.
 *
 * @since 0.1
 */
export interface ReleasedFigures {
  readonly month: string;
  /** 1; higher for a correction, which is to be shown as one. */
  readonly number: number;
  /** Instant. */
  readonly releasedAt: string;
  readonly unitId: Id;
  /** Only what is its own, where it has units below it; else with all below it. */
  readonly own: boolean;
  readonly total: number | null;
  /** By name and value. */
  readonly dimensions: Readonly<Record<string, Readonly<Record<string, number | null>>>>;
  /** By name: of how many it holds, and of how many it does not. */
  readonly measures: Readonly<Record<string, { readonly yes: number | null; readonly no: number | null }>>;
}

/**
 * What `ctx.intake.fileFor` is given.
 *
 * @since 0.1
 */
export type FileForInput = Omit<FileRequest, "unitId" | "petitioner" | "work"> & {
  /** Absent: the call's own; `null`: nobody knows. */
  readonly unitId?: Id | null;
  readonly petitioner?:
    | (Omit<NonNullable<FileRequest["petitioner"]>, "contact"> & { readonly contact?: string })
    | undefined;
  /** Local date of the unit on which it arrived, today or before. */
  readonly receivedOn?: string | undefined;
  /** Spoken words (`visit`, `phone`) were read back and confirmed. */
  readonly readBack?: boolean | undefined;
};

/**
 * What `ctx.intake.fileOwn` is given: without a petitioner where it comes anonymously.
 *
 * @since 0.1
 */
export type FileOwnInput = Omit<FileRequest, "unitId" | "work"> & {
  /** Absent: the call's own; `null`: nobody knows. */
  readonly unitId?: Id | null;
};

/**
 * Somebody who signed beside the petitioner, for `ctx.intake.fileJoint`.
 *
 * @since 0.1
 */
export interface JointSigner {
  /** What `ctx.intake.signerCode` was given for him. */
  readonly secret: string;
  readonly name: string;
  readonly kind: PersonKind;
  readonly contact: string;
  /** His account, where he signed by one. */
  readonly accountId?: Id;
  /** One of the representatives: he writes for all and asks for reviews. */
  readonly represents: boolean;
}

/**
 * What `ctx.intake.fileJoint` is given: whoever asks is the petitioner, by his account.
 *
 * @since 0.1
 */
export type FileJointInput = Omit<FileRequest, "unitId" | "headcount" | "work" | "fileIds" | "via" | "petitioner"> & {
  readonly petitioner: NonNullable<FileRequest["petitioner"]>;
  /** At most 300. */
  readonly coSigners: readonly JointSigner[];
};

/**
 * What `ctx.intake.fileFor` and `fileOwn` answer. The return code is shown once and kept nowhere.
 *
 * @since 0.1
 */
export type FiledFor = FileResult & {
  /** `null` for an accusation: no module keeps anything of one. */
  readonly caseId: Id | null;
};

/**
 * Who a petitioner is.
 *
 * @since 0.1
 */
export interface Identity {
  readonly name: string;
  readonly kind: PersonKind;
  readonly contact?: string;
}

/**
 * Somebody of the house by name.
 *
 * @since 0.1
 */
export interface NamedPerson {
  readonly id: Id;
  readonly name: string;
  readonly unit: Text;
}

/**
 * What `ctx.tasks.give` is given.
 *
 * @since 0.1
 */
export interface TaskInput {
  /** Absent: the work of the call's unit, and of no petition. */
  readonly caseId?: Id | null;
  /** What is to be done; up to 500 characters, read by whoever may see the petition. */
  readonly text: string;
  /** The petition's handler, a person, or of the nearest holders of a role the one with the least to do. */
  readonly to: "handler" | { readonly personId: Id } | { readonly role: Role };
  /** Local date of the unit, today or later. */
  readonly dueOn: string;
  readonly key: string;
}

/**
 * A task as its plugin sees it: never who has it.
 *
 * @since 0.1
 */
export interface Task {
  readonly taskId: Id;
  readonly caseId: Id | null;
  readonly text: string;
  readonly dueOn: string;
  readonly state: "open" | "done" | "dropped";
  /** Whether the asker has it. */
  readonly mine: boolean;
}

/**
 * What `ctx.notify.tell` is given.
 *
 * @since 0.1
 */
export interface NewsInput<N extends string> {
  /** Absent: about the work of the call's unit, and no petition. */
  readonly caseId?: Id | null;
  /**
   * The handler, while there is none the officers of the holder; whoever holds one of the roles there, else nearest above; or
   * people, at most 20.
   */
  readonly to: "handler" | readonly Role[] | { readonly people: readonly Id[] };
  /** A code of the definition's `news`. */
  readonly news: N;
  /** Numbers, local dates, instants. */
  readonly params?: Readonly<Record<string, number | string>>;
  /**
   * The unit it is about, any that exists; absent: the call's. The sentences name it where they say `{{unit}}`.
   *
   * @since 1.1
   */
  readonly about?: Id;
  /** The same key tells the same person once. */
  readonly key: string;
}

/**
 * A letter of a plugin at a petition.
 *
 * @since 0.1
 */
export interface OwnLetter {
  readonly noticeId: Id;
  readonly template: string;
  readonly state: "draft" | "issued";
  /** Whether whoever signs wants it otherwise. */
  readonly sentBack: boolean;
  readonly number: string | null;
  /** Local date. */
  readonly issuedOn: string | null;
}

/**
 * A letter to another unit, as its plugin writes it.
 *
 * @since 1.1
 */
export interface UnitLetterInput {
  /** Made by the plugin once for each letter: the same is written anew, not a second time. */
  readonly letterId: Id;
  readonly toUnit: Id;
  readonly template: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** The petition it belongs to: read by those who may see that, kept and destroyed with it. */
  readonly caseId?: Id;
}

/**
 * A plugin's letter to another unit.
 *
 * @since 1.1
 */
export interface UnitLetter {
  readonly letterId: Id;
  readonly template: string;
  /** `sentBack`: whoever signs wants it otherwise. */
  readonly state: "toSign" | "sentBack" | "issued";
  readonly toUnit: Id;
  readonly number: string | null;
  /** Local date. */
  readonly issuedOn: string | null;
  /** Instant at which the other unit confirmed that it has it. */
  readonly receivedAt: string | null;
}

/**
 * A discipline organ whose member asks.
 *
 * @since 1.0
 */
export interface OwnOrgan {
  readonly organId: Id;
  readonly name: Text;
  readonly unitId: Id;
}

/**
 * What a plugin keeps for a discipline organ, in its newest version.
 *
 * @since 1.0
 */
export interface OrganRecord {
  readonly recordId: Id;
  readonly version: number;
  readonly data: unknown;
  /** Instant. */
  readonly at: string;
  /** Who wrote it. */
  readonly by: Id;
}

/**
 * A petition as its own petitioner asks about it.
 *
 * @since 0.1
 */
export interface OwnCase {
  readonly caseId: Id;
  readonly state: State;
  readonly category: Category | null;
  /** The unit that holds it now. */
  readonly holder: { readonly id: Id; readonly name: Text };
  /** Whether he asks himself; otherwise somebody who may speak for him. */
  readonly himself: boolean;
}

/**
 * What a plugin asked of a petitioner.
 *
 * @since 0.1
 */
export interface Consent {
  readonly code: string;
  /** `dropped`: by the plugin. */
  readonly state: "asked" | "given" | "refused" | "withdrawn" | "dropped";
  /** Instants. */
  readonly askedAt: string;
  readonly answeredAt: string | null;
}

/**
 * A period of a plugin at a petition.
 *
 * @since 0.1
 */
export interface OwnClock<C extends string = string> {
  readonly code: C;
  /** `passed`: its day came while the plugin was on. */
  readonly state: "running" | "passed" | "stopped";
  /** Local dates. */
  readonly startedOn: string;
  readonly dueOn: string;
}

/**
 * What `ctx.procedures.open` is given for a mediation.
 *
 * @since 0.1
 */
export interface MediationOpening {
  /** Both sides have agreed in writing. */
  readonly bothConsented: true;
  /** Into the file, read inside only; up to 2000 characters. */
  readonly note: string;
  /** People of the house who mediate, at most 5: they stand out of the petition itself. */
  readonly mediatorIds?: readonly Id[];
}

/**
 * What `ctx.procedures.open` is given for a hearing.
 *
 * @since 0.1
 */
export interface HearingOpening {
  /** Local date; as far ahead as the rules want the parties told. */
  readonly hearingOn: string;
  readonly open: boolean;
  /** Into the file, read inside only; up to 2000 characters. */
  readonly note: string;
  /** Who leads it, and who sits on it beside, at most 8. Nobody who handles, signs or has decided the petition, or stands out. */
  readonly chairId?: Id | null;
  readonly panelIds?: readonly Id[];
}

/**
 * What `ctx.procedures.close` is given.
 *
 * @since 0.1
 */
export interface ProcedureEnd {
  /** Of a mediation: why it ends without an agreement. */
  readonly because?: (typeof mediationEnds)[number];
  /** Of a mediation: the other ways the parties were told of. Of a hearing: its conclusion. Read inside only. */
  readonly note: string;
}

/**
 * What each capability adds to `ctx`. Every function takes and gives plain data that can be cloned, and is asynchronous,
 * so that plugin code may run in another thread or process.
 *
 * @since 0.1
 */
export interface CapabilityApi {
  /** Own tables in a schema of its own; `ctx.db` is added by `@doorstep/sdk/server`. */
  db: object;
  "intake.file": {
    readonly intake: {
      /**
       * Files a petition (T1). Only a person registers it.
       *
       * The same key gives the same petition and does nothing twice.
       *
       * @throws DoorstepError `intake.channelClosed` where the plugin's channel is off at the unit, `key.reused`.
       */
      file(
        input: Omit<FileRequest, "unitId" | "petitioner" | "anonymity"> & {
          readonly unitId?: Id | null;
          /** Who wrote is asked by the host's own form, or handed over with `intake.identity`. */
          readonly anonymity: "anonymous";
        },
      ): Promise<FileResult>;
    };
  };
  "intake.identity": {
    readonly intake: {
      /**
       * Files a petition that the office takes down for somebody: a letter, a call, a mail. Who it is goes straight to the
       * vault and cannot be read back. By somebody who registers at the unit; in a job by nobody, and then behind the fence
       * against floods. The same key gives the same petition.
       *
       * @throws DoorstepError `intake.channelClosed`, `forbidden`, `input.invalid`, `key.reused`, `intake.noOrgan`,
       * `intake.receivedLater`, `file.notFound`; by a person for spoken words `intake.readBack`.
       */
      fileFor(input: FileForInput): Promise<FiledFor>;
      /**
       * Keeps a file for a petition that is filed next: its id goes into `fileIds`, once. What is no picture, document or
       * recording is refused; place, time and device are taken out of pictures. Unclaimed it is forgotten within a day.
       *
       * @throws DoorstepError `file.empty`, `file.tooLarge`, `file.type`.
       */
      attach(file: { readonly name: string; readonly bytes: Uint8Array }): Promise<Id>;
      /**
       * What the plugin's own channels have filed under a key, whoever pressed, also in a job: for a plugin that was stopped between
       * filing and noting it. `null`: nothing was. `caseId` is `null` for an accusation.
       */
      filed(key: string): Promise<Pick<FiledFor, "caseId" | "caseNo" | "returnCode"> | null>;
    };
  };
  "intake.own": {
    readonly intake: {
      /**
       * Files a petition of whoever asks, from a page of the plugin's own where he says himself who he is. With a name and signed
       * in it stands among his matters; else only the return code opens it, which is shown once: keep it nowhere. The name goes
       * straight to the vault and cannot be read back. Never in a job. The same key gives the same petition.
       *
       * @throws DoorstepError `intake.channelClosed`, `input.invalid`, `key.reused`, `intake.noOrgan`, `file.notFound`.
       */
      fileOwn(input: FileOwnInput): Promise<FiledFor>;
      /**
       * What the plugin's own channels have filed under a key, whoever pressed, also in a job: for a plugin that was stopped between
       * filing and noting it. `null`: nothing was. `caseId` is `null` for an accusation.
       */
      filed(key: string): Promise<Pick<FiledFor, "caseId" | "caseNo" | "returnCode"> | null>;
    };
  };
  "intake.joint": {
    readonly intake: {
      /**
       * The code of somebody who signs a joint petition. Show it once and keep it nowhere: from the filing on it opens the
       * petition for him, with its letters.
       *
       * @param secret - 32 to 80 characters that nobody can guess, of his press alone; it makes the same code again. Keep it
       * where names are kept, and hand it over with the petition.
       */
      signerCode(secret: string): Promise<string>;
      /**
       * Files a petition of several persons in the name of whoever asks, who is signed in, and is its petitioner. Names go
       * straight to the vault and cannot be read back: forget them. The same key gives the same petition.
       *
       * @throws DoorstepError `unauthorized`, `input.invalid`, `intake.channelClosed`, `intake.representatives`, `key.reused`,
       * `module.sealed` for an accusation, which everybody makes alone.
       */
      fileJoint(input: FileJointInput): Promise<FileResult>;
    };
  };
  "people.identity": {
    readonly people: {
      /**
       * Who the petitioner is, by the rights of whoever asks and by the kernel's rules of second persons. The petitioner
       * reads that it was opened, by which plugin and what for. Keep nothing of it.
       *
       * @param purpose - 4 to 200 characters
       * @throws DoorstepError `case.notFound`, `forbidden`, `module.sealed` for accusations; `act.refused` with
       * `vault.second` or `vault.nothing`.
       */
      get(caseId: Id, purpose: string): Promise<Identity>;
    };
  };
  "people.names": {
    readonly people: {
      /**
       * People who have an account at the call's unit or below it, by name: for a list to choose from. Only where whoever asks
       * holds a permission of the plugin there, and never in a job. Keep the ids and ask for the names when they are shown:
       * people come, go, and change their names.
       *
       * @param which - `q`: beginning of the name or its pinyin; `ids`: only these; at most 500; `after`: those who come after
       * this one, as the last of the page before
       * @throws DoorstepError `unauthorized`, `forbidden`, `input.invalid`.
       */
      ofUnit(which?: {
        readonly q?: string;
        readonly ids?: readonly Id[];
        readonly after?: Id;
        readonly limit?: number;
      }): Promise<readonly NamedPerson[]>;
      /**
       * The ids alone of the same people, in their order, at most 500 at once; `after` the last of the page before. In a job as
       * well: what comes again and again may notice that somebody has come, and never who.
       *
       * @throws DoorstepError `unauthorized`, `forbidden`, `input.invalid`.
       */
      idsOfUnit(which?: { readonly after?: Id; readonly limit?: number }): Promise<readonly Id[]>;
      /**
       * Who holds a role over the call's unit, nearest first: for anybody signed in who has to choose one of them. Only roles
       * to which the plugin's own permissions are granted.
       *
       * @throws DoorstepError `unauthorized`, `forbidden` for any other role.
       */
      holding(role: Role): Promise<readonly NamedPerson[]>;
    };
  };
  "intake.import": {
    readonly intake: {
      /**
       * Takes over up to 500 old records. `source` and `sourceKey` name a record for ever: sent again
       * it answers `same`, with other content `refused`.
       *
       * @throws DoorstepError `forbidden` where the asker lacks the kernel's `import.run` at a record's unit.
       */
      import(records: readonly ImportRecord[]): Promise<readonly ImportOutcome[]>;
    };
  };
  "cases.read": {
    readonly cases: {
      /** One petition the asker may see; `null` otherwise, whether it exists or not. */
      get(caseId: Id): Promise<CaseBrief | null>;
      /**
       * Those of these petitions that the asker may see, for exact figures: count nothing else for him. At most 2,000.
       *
       * @throws DoorstepError `unauthorized` where nobody asks, `input.invalid` for more, or for what are no ids.
       */
      visible(caseIds: readonly Id[]): Promise<readonly Id[]>;
      /**
       * Whether a petition the asker may see may go to a unit at all: it is in force, another one than the holder, and neither
       * complained of nor below one that is. Never for an accusation.
       */
      mayGoTo(caseId: Id, unitId: Id): Promise<boolean>;
      /**
       * The row of the old register a petition was taken over from, for an asker who may see it; `null` otherwise, and
       * for a petition that was filed here. Cells that say who wrote are left out, their columns named in `withheld`.
       */
      original(caseId: Id): Promise<OriginalRow | null>;
      /**
       * Those of the call's unit and below that the asker may see, newest first. At most 100.
       *
       * @param query - `backlog`: only what the platform counts as backlog, nearest statutory date first
       */
      find(query?: { readonly limit?: number; readonly backlog?: boolean }): Promise<readonly CaseBrief[]>;
      /** The same in pages: `next` is given as `after` for the page that follows, and is `null` on the last. */
      findPage(query?: {
        readonly limit?: number;
        readonly backlog?: boolean;
        readonly after?: string;
      }): Promise<{ readonly items: readonly CaseBrief[]; readonly next: string | null }>;
      /**
       * Who of these people handled, drafted, signed, reviewed or ended which of these petitions, as far as the asker may see
       * them: nobody checks what he has done himself. At most 2,000 petitions and 100 people.
       *
       * @since 1.1
       * @throws DoorstepError `unauthorized` where nobody asks, `input.invalid` for more, or for what are no ids.
       */
      tookPart(
        caseIds: readonly Id[],
        people: readonly Id[],
      ): Promise<readonly { readonly caseId: Id; readonly personId: Id }[]>;
      /**
       * Petitions that the asker, a leader, has taken upon himself by the kernel's own act and has not ended, oldest first.
       *
       * @throws DoorstepError `unauthorized` where nobody asks.
       */
      charges(): Promise<readonly Charge[]>;
    };
  };
  "cases.own": {
    readonly cases: {
      /**
       * The petition of whoever asks: by his account, or by the return code that was typed in this browser; also for whoever
       * may speak for him. `null` for anybody else, for accusations, and for a file that was destroyed.
       */
      own(caseId: Id): Promise<OwnCase | null>;
    };
  };
  "cases.propose": {
    readonly cases: {
      /**
       * Suggests an act of the life cycle in the name of whoever asks, in a job and in what hears of an event in that of the
       * unit, at petitions held there or below: `T15`, or its name such as `extend`. The kernel's
       * guards are asked at once. It is shown at the desk with its reason; whoever may do it does it there by the act's own
       * form, or says why not. Registering is never suggested.
       *
       * @param why - up to 500 characters, read by whoever may see the petition
       * @throws DoorstepError `case.notFound`, `forbidden`, `proposal.actUnknown`; `act.refused` with every reason,
       * `module.sealed` for accusations among them.
       */
      propose(caseId: Id, act: string, why: string): Promise<void>;
    };
  };
  thread: {
    readonly thread: {
      /**
       * The messages of a petition the asker may see, oldest first; `null` for one he may not, and for accusations. What the
       * petitioner wrote counts as read by the office.
       */
      list(caseId: Id): Promise<readonly ThreadMessage[] | null>;
      /**
       * Keeps a file for a message that whoever asks writes next: its id goes into `fileIds`, once. As `ctx.intake.attach`.
       *
       * @throws DoorstepError `unauthorized`, `file.empty`, `file.tooLarge`, `file.type`.
       */
      attach(file: { readonly name: string; readonly bytes: Uint8Array }): Promise<Id>;
      /**
       * Writes in the name of whoever asks: to the petitioner, who sees the unit and no person, or a note inside. In a job and
       * in what hears of an event as the platform, without files, into petitions held at the unit or below.
       *
       * @param message - `fileIds`: what `attach` has kept, at most 20, each once
       * @throws DoorstepError `case.notFound`, `forbidden`, `file.notFound`, `module.sealed` for accusations.
       */
      write(
        caseId: Id,
        message: { readonly text: string; readonly to: "petitioner" | "inside"; readonly fileIds?: readonly Id[] },
      ): Promise<void>;
    };
  };
  "thread.petitioner": {
    readonly thread: {
      /**
       * Lays into a petition what its petitioner wrote later by letter, mail or fax, as his own message: he reads it as his,
       * with channel and day, and the desk reads who took it down. In the name of somebody who registers petitions where it is
       * held, where it was passed on from, or above; never in a job. The same key of the same person lays in nothing twice.
       *
       * @throws DoorstepError `case.notFound`, `unauthorized`, `forbidden`, `input.invalid`, `intake.channelClosed`,
       * `file.notFound`, `key.reused`, `module.sealed` for accusations; `act.refused` with `intake.receivedLater`.
       * @since 1.1
       */
      fromPetitioner(caseId: Id, words: PetitionersWords): Promise<void>;
    };
  };
  tasks: {
    readonly tasks: {
      /**
       * Gives one person something to do by a day; it stands in his list at the desk, and goes on with his work when he
       * leaves. In the name of whoever asks; in a job in that of the unit, of petitions held there or below. The same key
       * makes no second one.
       *
       * @throws DoorstepError `task.personCannot` where nobody may know of the petition, `task.past`, `case.notFound`,
       * `forbidden`, `module.sealed` for accusations; several of these as reasons of `act.refused`.
       */
      give(task: TaskInput): Promise<Id>;
      /** The plugin's own tasks: of a petition the asker may see, or all open and ended ones of the asker. At most 200. */
      list(caseId?: Id): Promise<readonly Task[]>;
      /**
       * Ends a task of this plugin in the name of whoever has it, or gave it. Since 1.1 also in a job and in what hears of an
       * event, where the plugin takes back (`done: false`) what nobody has to do any more, of petitions held at the unit or
       * below and of the unit's own work.
       *
       * @throws DoorstepError `task.notFound`; `act.refused` with `task.notYours`; `forbidden` for `done: true` in a job.
       */
      end(taskId: Id, how: { readonly done: boolean; readonly result: string }): Promise<void>;
    };
  };
  notices: {
    readonly notices: {
      /**
       * Writes a letter from a template of the plugin's own and puts it before whoever signs for the unit. Another person
       * signs it at the desk; from then on it has its number and seal and stands in the petitioner's case. One of the template
       * that was not signed yet is replaced. In the name of whoever asks; in a job and in what hears of an event in that of the
       * unit, of petitions held there or below. The plugin hears `moduleLetter.issued` and `moduleLetter.sentBack`.
       *
       * @param from - `callsUnit`: a letter of the call's unit, which is above the petition's holder; its own signers sign it
       *   and it counts among its letters. Otherwise it is the holder's.
       * @throws DoorstepError `case.notFound`, `forbidden`, `input.invalid` for data that do not fit, `notice.glyphMissing` where
       * no font has a character; `act.refused` with `module.sealed` for accusations.
       */
      draft(
        caseId: Id,
        template: string,
        data: Readonly<Record<string, unknown>>,
        from?: "holder" | "callsUnit",
      ): Promise<Id>;
      /**
       * Takes back a letter of a template that nobody has signed: it cannot be signed any more until the plugin writes it anew,
       * and whoever signs reads why. In whose name, see `draft`. The plugin hears `moduleLetter.sentBack`.
       *
       * @param reason - 2 to 500 characters
       * @returns `false` where none waits
       * @throws DoorstepError `case.notFound`, `forbidden`, `input.invalid`; `act.refused` with `module.sealed`.
       * @since 1.1
       */
      takeBack(caseId: Id, template: string, reason: string): Promise<boolean>;
      /** Oldest first; none of a petition the asker may not see, and of accusations. */
      list(caseId: Id): Promise<readonly OwnLetter[]>;
    };
  };
  letters: {
    readonly letters: {
      /**
       * Writes a letter of the call's unit to another one, from a template of the plugin's own, and puts it before whoever
       * signs for the unit. Another person signs it at the desk; from then on it has its number and seal, and people of both
       * units who work at petitions read it there. One that was not signed is written anew under its id. In the name of an
       * officer, a signer, a leader or a supervisor of the unit; in a job and in what hears of an event in that of the unit.
       *
       * @throws DoorstepError `unauthorized`, `forbidden`, `unit.notFound`, `case.notFound`, `module.sealed` for accusations,
       * `input.invalid` for data that do not fit, `notice.glyphMissing` where no font has a character, `notice.state` once it
       * is signed.
       * @since 1.1
       */
      toUnit(letter: UnitLetterInput): Promise<void>;
      /**
       * Takes back a letter of the call's unit that nobody has signed; one that is not there is taken back already.
       *
       * @throws DoorstepError `unauthorized`, `forbidden`, `notice.notFound` for a letter of another unit or plugin,
       * `notice.state` once it is signed.
       * @since 1.1
       */
      withdraw(letterId: Id): Promise<void>;
      /**
       * The plugin's own among these that whoever asks may read, in their order; in a job those of the unit, those issued to
       * it, and any signed one that belongs to no petition. What was destroyed after its term is left out. At most 200 at once.
       *
       * @throws DoorstepError `unauthorized`, `input.invalid`.
       * @since 1.1
       */
      list(letterIds: readonly Id[]): Promise<readonly UnitLetter[]>;
    };
  };
  organs: {
    readonly organs: {
      /** The discipline organs that whoever asks is a member of; none for anybody else. */
      mine(): Promise<readonly OwnOrgan[]>;
      /**
       * What the plugin keeps for an organ, each in its newest version, newest first. Only for a member who asks himself; that
       * he looked stands in the ledger, whether there was anything or not.
       *
       * @throws DoorstepError `unauthorized`, `input.invalid`, `forbidden` for whoever is no member.
       */
      list(organId: Id): Promise<readonly OrganRecord[]>;
      /**
       * Keeps a record under the organ's key, or its next version; what was there before stays. In the name of a member.
       *
       * @param record - `recordId` is the plugin's, `version` that of the record that was read, 0 for a new one; `data` up to
       *   64,000 characters as JSON
       * @returns the version that stands now; `null` where somebody has written in between
       * @throws DoorstepError `unauthorized`, `input.invalid`, `forbidden`.
       */
      keep(
        organId: Id,
        record: { readonly recordId: Id; readonly version: number; readonly data: Readonly<Record<string, unknown>> },
      ): Promise<number | null>;
      /**
       * Puts a new record before the organ of the call's unit, or the nearest above, in the name of whoever asks: he cannot
       * read it back, and the same id is put there once.
       *
       * @returns `false` where no unit up to the root has a discipline organ
       * @throws DoorstepError `unauthorized`, `input.invalid`.
       */
      hand(record: { readonly recordId: Id; readonly data: Readonly<Record<string, unknown>> }): Promise<boolean>;
    };
  };
  consents: {
    readonly consents: {
      /**
       * Asks the petitioner, who answers on the page of his matter; nobody answers in his place, and a yes he may take back at
       * any time. In the name of whoever asks; in a job and in what hears of an event in that of the unit, of petitions held
       * there or below. The plugin hears `consent.given`, `consent.refused`, `consent.withdrawn`.
       *
       * @param question - `code`: up to 60 characters, one of a code stands at a time; `words`: up to 2000 in each language,
       * read by the petitioner and by whoever may see the petition. Where the code is that of a mediation the plugin conducts,
       * nobody is asked about what is never mediated.
       * @throws DoorstepError `case.notFound`, `forbidden`, `input.invalid`; `act.refused` with `consent.stands`,
       * `mediation.never`, or `module.sealed` for accusations.
       */
      ask(caseId: Id, question: { readonly code: string; readonly words: Text }): Promise<void>;
      /**
       * Asks no more, or needs it no more.
       *
       * @throws DoorstepError `case.notFound`, `forbidden`; `act.refused` with `consent.notAsked` or `module.sealed`.
       */
      drop(caseId: Id, code: string): Promise<void>;
      /** Oldest first; none of a petition the asker may not see, and of accusations. */
      list(caseId: Id): Promise<readonly Consent[]>;
    };
  };
  appointments: {
    readonly appointments: {
      /**
       * Books people of the house, and a room, for a time: two at once cannot have the same. In the name of whoever asks; in
       * a job in that of the unit. The same key books nothing twice.
       *
       * @throws DoorstepError `appointment.taken`, `appointment.time`, `appointment.personCannot`, `case.notFound`,
       * `forbidden`, `module.sealed` for accusations; several of these as reasons of `act.refused`.
       */
      book(appointment: AppointmentInput): Promise<Id>;
      /** The plugin's own: of a petition the asker may see, cancelled ones too, or of the call's unit from now on. At most 200. */
      list(caseId?: Id): Promise<readonly Appointment[]>;
      /**
       * In the name of whoever asks; in a job and in what hears of an event in that of the unit (since 1.1), of meetings held
       * there, below it or above it.
       *
       * @throws DoorstepError `appointment.notFound`, `forbidden`.
       */
      cancel(appointmentId: Id): Promise<void>;
      /**
       * As an iCalendar file: when, where, the plugin's title, and nothing of a petition.
       *
       * @throws DoorstepError `appointment.notFound`.
       */
      calendar(appointmentId: Id): Promise<string>;
    };
  };
  feed: {
    readonly feed: {
      /**
       * What happened to petitions of the whole platform, in the order in which it was committed, whatever units have
       * switched on: read from the start, and from `next` on after that. Only in a job: no person's call reads it, and what
       * is shown of it is figures. Nobody stands in it; accusations, recusals and opened names are left out. Of a record of an
       * old register (`case.imported`) it tells what that states: `statedReceivedOn`, `statedReceivedAt`, `statedRepliedOn`,
       * `statedClosedOn`, `statedTopic`, and `statedFirst`, the petition in which the same name stands first in that register.
       *
       * @param after - `next` of the page before; `null` for the very start
       * @throws DoorstepError `forbidden` in a person's call, `request.unknown` for a position that is none.
       */
      read(after: string | null, limit?: number): Promise<FeedPage>;
    };
  };
  "datasets.read": {
    readonly datasets: {
      /** What is counted by plugins that are on at the call's unit. */
      list(): Promise<readonly DatasetAbout[]>;
      /**
       * What was released, the last release of each month. Anybody may read it: nobody can be found in it. Nothing is there of
       * a month that was not released yet.
       *
       * @throws DoorstepError `input.invalid` for what are no months, or too many.
       */
      read(asked: ReleasesAsked): Promise<readonly ReleasedFigures[]>;
      /**
       * A word that stays the same while `list` says the same, nothing more was released of these datasets (`<plugin>/<name>`,
       * at most 50), the call's unit and those right below it stand where they stand under the same names, and the plugin has
       * the same version. What is kept of released figures under it goes out of date with it. Ask before reading: what is
       * released meanwhile makes it another word.
       *
       * @since 1.1
       * @throws DoorstepError `input.invalid` for too many.
       */
      stamp(datasets: readonly string[]): Promise<string>;
    };
  };
  /** Comes with `caseData` of the definition; `ctx.caseData` is typed by it. */
  caseData: object;
  "units.read": {
    readonly units: {
      get(unitId: Id): Promise<Unit | null>;
      /**
       * Units by their ids, 2,000 at most, at once; those that are not there are left out.
       *
       * @since 1.1
       * @throws DoorstepError `input.invalid` for too many.
       */
      getMany(unitIds: readonly Id[]): Promise<readonly Unit[]>;
      /** Finds a unit in force by its code. */
      byCode(code: string): Promise<Unit | null>;
      children(unitId: Id): Promise<readonly Unit[]>;
      /**
       * The ids of the unit and of all that stand below it today, at whatever depth, also of those that were ended. What a
       * plugin keeps of a unit is found by it for whoever is above that unit now, wherever it stood when it was written.
       *
       * @since 1.1
       */
      within(unitId: Id): Promise<readonly Id[]>;
      /** Those above it, the nearest first. */
      above(unitId: Id): Promise<readonly Unit[]>;
    };
  };
  /** Comes with `clocks` of the definition; `ctx.clocks` knows its codes. */
  clocks: object;
  /** Comes with `procedures` of the definition; `ctx.procedures` knows its codes. */
  procedures: object;
  /** Comes with `news` of the definition; `ctx.notify` knows its codes. */
  notify: object;
  /** Comes with `http` of the definition. */
  http: { readonly fetch: PluginFetch };
  /** A transport is given the address of whoever has news, and nothing else of him. */
  addresses: object;
  /** Other programs call it at addresses of its own; whoever installs it approves that. */
  serve: object;
  files: {
    readonly files: {
      /**
       * Keeps bytes under the plugin's name, encrypted, 16 MB at most, and gives their id. A working file: unused for 30
       * days it is forgotten.
       */
      put(bytes: Uint8Array): Promise<Id>;
      /** The plugin's own bytes; `null` when they were removed or forgotten. */
      get(fileId: Id): Promise<Uint8Array | null>;
      remove(fileId: Id): Promise<void>;
    };
  };
}

/**
 * Everything a plugin can ask to be allowed.
 *
 * @since 0.1
 */
export type Capability = keyof CapabilityApi;

type Intersection<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer I) => void ? I : never;

/**
 * The part of `ctx` that a list of capabilities brings.
 *
 * @since 0.1
 */
export type Granted<C extends Capability> = [C] extends [never] ? object : Intersection<CapabilityApi[C]>;

/** The sentence an administrator approves, by capability. */
export const capabilityTexts: Readonly<Record<Capability, Text>> = {
  db: { "zh-CN": "保存自己的数据", en: "Keep data of its own" },
  "intake.file": { "zh-CN": "收进新的信访事项", en: "File new petitions" },
  "intake.identity": {
    "zh-CN": "登记时录入来信人身份（敏感）",
    en: "Hand over who the petitioner is when a petition is taken down (sensitive)",
  },
  "intake.own": {
    "zh-CN": "在自己的页面上收取来信人本人写的信访事项和身份（敏感）",
    en: "Take in what petitioners write on its own pages, with who they are (sensitive)",
  },
  "intake.joint": {
    "zh-CN": "递交多人联名的信访事项，并录入联名人身份（敏感）",
    en: "File joint petitions and hand over who signed (sensitive)",
  },
  "people.identity": { "zh-CN": "查看来信人身份（敏感）", en: "See who the petitioner is (sensitive)" },
  "people.names": {
    "zh-CN": "查看本单位及下级人员姓名，供选择（不涉及谁是来信人）",
    en: "See the names of the unit's people to choose from, never who has written",
  },
  "intake.import": { "zh-CN": "导入以往的信访记录", en: "Import old records" },
  "cases.read": { "zh-CN": "查看本单位信访事项（不含身份）", en: "See the unit's petitions, without identity" },
  "cases.own": {
    "zh-CN": "确认使用者是不是某件信访事项的来信人本人（不含身份）",
    en: "Tell whether whoever asks is the petitioner of a petition, without identity",
  },
  "cases.propose": {
    "zh-CN": "对信访事项提出办理建议，由人决定",
    en: "Suggest steps for petitions, which people decide on",
  },
  thread: { "zh-CN": "读写与来信人的往来消息", en: "Read and write the conversation with petitioners" },
  "thread.petitioner": {
    "zh-CN": "把来信人后来写来的内容作为其本人的消息放入信访事项",
    en: "Lay what petitioners wrote later into their petitions, as their own words",
  },
  appointments: { "zh-CN": "约定会面的时间、地点和人员", en: "Book people and rooms for meetings" },
  feed: {
    "zh-CN": "读取全平台的统计事实（不含人员，不含检举控告）",
    en: "Read the platform's facts for figures, without persons and accusations",
  },
  "datasets.read": {
    "zh-CN": "读取已发布的统计数据",
    en: "Read the figures that were released",
  },
  tasks: { "zh-CN": "交给一个人限期办理的工作", en: "Give people tasks with a day" },
  caseData: {
    "zh-CN": "在信访事项上记录自己的内容（检举控告除外）",
    en: "Keep data of its own at petitions, accusations excepted",
  },
  notices: { "zh-CN": "起草自己的文书，由人签发", en: "Draft letters of its own, which people sign" },
  letters: {
    "zh-CN": "起草发往其他单位的公函，由人签发",
    en: "Draft letters to other units, which people sign",
  },
  organs: {
    "zh-CN": "为纪检部门保存只有其成员能看的加密记录（敏感）",
    en: "Keep encrypted records for discipline organs, read by their members alone (sensitive)",
  },
  consents: { "zh-CN": "征求来信人的同意", en: "Ask petitioners for their consent" },
  clocks: {
    "zh-CN": "在信访事项上设定自己的期限（不影响法定期限）",
    en: "Run periods of its own at petitions, beside those of the rules",
  },
  procedures: {
    "zh-CN": "以使用者的身份启动和结束调解、听证",
    en: "Open and end mediations and hearings in the name of whoever uses it",
  },
  "units.read": { "zh-CN": "查看单位树", en: "See the tree of units" },
  addresses: { "zh-CN": "向个人填写的地址发送提醒", en: "Send notifications to the addresses people gave" },
  serve: { "zh-CN": "在自己的网址上回答其他系统", en: "Answer other systems at addresses of its own" },
  notify: { "zh-CN": "在门户内提醒承办人和有关岗位", en: "Tell handlers and holders of roles in their portal" },
  http: { "zh-CN": "访问它列出的网络地址", en: "Reach the network addresses it lists" },
  files: { "zh-CN": "保存自己的文件", en: "Keep files of its own" },
};
