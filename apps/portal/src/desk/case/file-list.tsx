import { Badge, formatBytes } from "@doorstep/ui";
import { useDeskText } from "../text.ts";

interface FileListProps {
  readonly caseId: string;
  readonly files: readonly {
    readonly id: string;
    readonly name: string;
    readonly size: number;
    readonly scanned: boolean;
  }[];
}

/** Attachments as links; what no scanner has looked at is marked. */
export function FileList(props: FileListProps) {
  const { text, language } = useDeskText();
  if (props.files.length === 0) return null;
  return (
    <ul className="desk-files">
      {props.files.map((file) => (
        <li key={file.id} className="ds-row">
          <a href={`/api/files/${file.id}?case=${props.caseId}`} download={file.name} className="ds-link">
            {file.name}
          </a>
          <span className="ds-hint">{formatBytes(file.size, language)}</span>
          {!file.scanned && (
            <Badge color="yellow" c="dark.9">
              {text("desk.case.unscanned")}
            </Badge>
          )}
        </li>
      ))}
    </ul>
  );
}
