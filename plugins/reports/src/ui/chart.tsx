import { useId } from "react";
import { Bar, BarChart, CartesianGrid, Legend, Line, LineChart, Tooltip, XAxis, YAxis } from "recharts";
import type { Chart as Kind } from "../own/choices.ts";
import type { Result } from "./paper.tsx";
import { useReports } from "./words.ts";

/** Lines are told apart by their dashes and bars by their hatching too, not by colour alone. */
const looks = [
  { colour: "#2b3f9e", dash: "", hatch: "M0 4H8M4 0V8" },
  { colour: "#9c4a12", dash: "6 4", hatch: "M0 8L8 0" },
  { colour: "#1f6b45", dash: "2 3", hatch: "M0 4H8" },
  { colour: "#7a2a77", dash: "8 3 2 3", hatch: "M4 0V8" },
  { colour: "#4a4a4a", dash: "1 4", hatch: "M0 0L8 8M0 8L8 0" },
] as const;
/** More than these nobody tells apart; the table below holds all of them. */
const MOST = looks.length;

/** The columns of numbers as lines or bars; the table stands below, for whoever does not look at a chart. */
export function Chart({ kind, result }: { readonly kind: Exclude<Kind, "none">; readonly result: Result }) {
  const { say, language } = useReports();
  const own = useId().replaceAll(/\W/g, "");
  const { columns, rows } = result.table;
  const [first, ...others] = columns.filter((column) => column.key !== "missing");
  const wordsOf = (value: unknown): string =>
    typeof value === "object" && value !== null
      ? (value as Record<typeof language, string>)[language]
      : String(value ?? "");
  const series = others.slice(0, MOST).map((column, n) => ({
    ...{ id: `s${n}`, title: column.title[language], key: column.key },
    look: looks[n] ?? looks[0],
  }));
  const data = rows.map((row) => ({
    name: wordsOf(row[first?.key ?? ""]),
    ...Object.fromEntries(series.map(({ id, key }) => [id, typeof row[key] === "number" ? row[key] : null])),
  }));
  const frame = {
    ...{ data, className: "reports-chart", responsive: true, title: result.title[language], desc: say("chart.desc") },
    margin: { top: 8, right: 16, bottom: 0, left: 0 },
  };
  const inside = (
    <>
      <CartesianGrid strokeDasharray="2 4" />
      <XAxis dataKey="name" />
      <YAxis width={48} />
      <Tooltip filterNull={false} formatter={(value) => (typeof value === "number" ? value : say("none"))} />
      <Legend />
    </>
  );
  return (
    <figure className="reports-figure">
      {kind === "lines" ? (
        <LineChart {...frame}>
          {inside}
          {series.map(({ id, title, look }) => (
            <Line
              key={id}
              name={title}
              dataKey={id}
              stroke={look.colour}
              strokeWidth={3}
              strokeDasharray={look.dash}
              dot={{ r: 4, fill: look.colour }}
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      ) : (
        <BarChart {...frame}>
          <defs>
            {series.map(({ id, look }) => (
              <pattern key={id} id={`${own}${id}`} width={8} height={8} patternUnits="userSpaceOnUse">
                <rect width={8} height={8} fill={id === "s0" ? look.colour : "#ffffff"} />
                <path d={look.hatch} stroke={look.colour} strokeWidth={2} />
              </pattern>
            ))}
          </defs>
          {inside}
          {series.map(({ id, title, look }) => (
            <Bar
              key={id}
              name={title}
              dataKey={id}
              fill={`url(#${own}${id})`}
              stroke={look.colour}
              isAnimationActive={false}
            />
          ))}
        </BarChart>
      )}
    </figure>
  );
}
