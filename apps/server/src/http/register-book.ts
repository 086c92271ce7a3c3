import { PassThrough, Readable } from "node:stream";
import { MOST_ROWS_IN_BOOK, registerDays, type Text, takeReportInput } from "@doorstep/contracts";
import { type Kernel, ledgerActorOf, linesOfRegister, markOf, recordAccess } from "@doorstep/kernel";
import { openRegister, writeWorkbook } from "@doorstep/plugin-host";
import { type ContextOf, fileAddress, type Handle } from "./file-address.ts";

interface BookRouteOptions {
  readonly kernel: Kernel;
  readonly context: ContextOf;
}

const input = takeReportInput.omit({ format: true }).extend({ params: registerDays.default({}) });

const left: Text = {
  "zh-CN": `一个文件最多${MOST_ROWS_IN_BOOK}行，其余未列入：请缩短时间段，或选择下级单位。`,
  en: `A file holds ${MOST_ROWS_IN_BOOK} rows at most; the rest is left out. Ask for fewer days, or for a unit below.`,
};

/**
 * `POST /rpc/reports.book {key, unitId?, params?, locale?}`: a register of the kernel as a workbook, written while it is
 * read, so that a hundred thousand lines need no more memory than a few hundred. For whoever keeps the register at the
 * unit. The ledger holds who took it before the first line leaves.
 */
export const takeRegister = ({ kernel, context }: BookRouteOptions): Handle =>
  fileAddress(context, input, async (c, ctx, asked) => {
    const { actor, unit, what } = await openRegister(ctx, asked);
    const at = kernel.now();
    const locale = asked.locale ?? actor.locale;
    await recordAccess(kernel, {
      type: "data.exported",
      actor: ledgerActorOf(actor),
      facts: { what: "report", report: asked.key, format: "xlsx", unit: unit.id },
    });
    const out = new PassThrough();
    writeWorkbook(out, {
      ...{ title: what.register.title, columns: what.register.columns, at, locale },
      rows: linesOfRegister(kernel, actor, unit, what),
      mark: markOf({ by: actor.name, at, unit: unit.name, zone: unit.timeZone })[locale],
      most: { rows: MOST_ROWS_IN_BOOK, left: left[locale] },
      // what has begun can only be broken off, and a torn file is no workbook
    }).catch((error: unknown) => out.destroy(error instanceof Error ? error : new Error("broken off")));
    return c.body(Readable.toWeb(out) as ReadableStream, 200, {
      "Content-Type": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      "Content-Disposition": `attachment; filename="${asked.key.replace("/", "-")}.xlsx"`,
      "Cache-Control": "no-store",
    });
  });
