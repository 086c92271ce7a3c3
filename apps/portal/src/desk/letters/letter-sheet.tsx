import type { LetterBlock, LetterDoc } from "@doorstep/contracts";
import { Fragment, type ReactNode } from "react";

/** How one paragraph is shown; the approvals screen passes one that marks what changed. */
export type WriteText = (text: string, place: string) => ReactNode;

const plain: WriteText = (text) => text;

function Rows(props: {
  readonly rows: readonly { readonly label: string; readonly value: string }[];
  readonly place: string;
  readonly write: WriteText;
}) {
  return (
    <dl className="letter-fields">
      {props.rows.map((row, index) => (
        <div key={index}>
          <dt>{row.label}</dt>
          <dd>{props.write(row.value, `${props.place}.${row.label}`)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Block(props: { readonly block: LetterBlock; readonly place: string; readonly write: WriteText }) {
  const { block, place, write } = props;
  switch (block.kind) {
    case "heading":
      return <h3>{write(block.text, place)}</h3>;
    case "paragraph":
      return block.text.split("\n").map((line, index) => <p key={index}>{write(line, `${place}.${index}`)}</p>);
    case "list":
      return (
        <ul>
          {block.items.map((item, index) => (
            <li key={index}>{write(item, `${place}.${index}`)}</li>
          ))}
        </ul>
      );
    case "fields":
      return <Rows rows={block.rows} place={place} write={write} />;
    case "demands":
      return block.items.map((item, index) => (
        <section key={index} className="letter-demand">
          <h3>{item.title}</h3>
          <Rows rows={item.rows} place={`${place}.${index}`} write={write} />
        </section>
      ));
    case "table":
      return (
        <table>
          <thead>
            <tr>
              {block.columns.map((column) => (
                <th key={column.title} scope="col">
                  {column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map((row, at) => (
              <tr key={at}>
                {row.map((cell, index) => (
                  <td key={index}>{write(cell, `${place}.${at}.${index}`)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
  }
}

/** A letter as a sheet of paper, drawn from the same data as the PDF. */
export function LetterSheet(props: { readonly doc: LetterDoc; readonly write?: WriteText | undefined }) {
  const { doc } = props;
  const write = props.write ?? plain;
  return (
    <article className="letter" lang={doc.locale}>
      {doc.mark && <p className="letter-mark">{doc.mark}</p>}
      <p className="letter-issuer">{doc.issuer}</p>
      <p className="letter-number">{doc.number ?? doc.draftMark}</p>
      <h2>{doc.title}</h2>
      <p className="letter-case">
        {doc.caseNoLabel} {doc.caseNo}
      </p>
      {doc.addressee && <p>{doc.addressee}</p>}
      {doc.blocks.map((block, index) => (
        <Fragment key={index}>
          <Block block={block} place={`${index}.${block.kind}`} write={write} />
        </Fragment>
      ))}
      {doc.closing && <p>{doc.closing}</p>}
      <div className="letter-sign">
        {doc.signature.signer && (
          <p>
            {doc.signature.signer.label} {doc.signature.signer.name}
          </p>
        )}
        <p>{doc.signature.unit}</p>
        <p>{doc.signature.sealText}</p>
        {doc.signature.dateText && <p>{doc.signature.dateText}</p>}
        {doc.signLines.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
      <aside className="letter-summary" aria-label={doc.summary.title}>
        <h3>{doc.summary.title}</h3>
        {doc.summary.paragraphs.map((paragraph, index) => (
          <p key={index}>{write(paragraph, `summary.${index}`)}</p>
        ))}
      </aside>
      <Rows rows={doc.contact} place="contact" write={plain} />
      <p className="letter-query">{doc.query.hint}</p>
      {doc.query.code && (
        <p className="letter-query">
          {doc.query.code.label} <span className="ds-mono">{doc.query.code.value}</span>
        </p>
      )}
    </article>
  );
}
