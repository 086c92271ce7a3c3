import { Badge, formatBytes } from "@doorstep/ui";
import { useState } from "react";
import { useDeskText } from "../text.ts";
import { downloadFile } from "./download-file.ts";

interface FileListProps {
  readonly files: readonly {
    readonly id: string;
    readonly name: string;
    readonly size: number;
    readonly scanned: boolean;
  }[];
}

/** Attachments to save; what no scanner has looked at is marked. */
export function FileList(props: FileListProps) {
  const { text, language } = useDeskText();
  const [failed, setFailed] = useState<string>();
  if (props.files.length === 0) return null;
  return (
    <>
      {failed && (
        <p className="ds-error" role="alert">
          {failed}
        </p>
      )}
      <ul className="desk-files">
        {props.files.map((file) => (
          <li key={file.id} className="ds-row">
            <button
              type="button"
              className="ds-link"
              onClick={() => void downloadFile(file.id, file.name, language).then(setFailed)}
            >
              {file.name}
            </button>
            <span className="ds-hint">{formatBytes(file.size, language)}</span>
            {!file.scanned && (
              <Badge color="yellow" c="dark.9">
                {text("desk.case.unscanned")}
              </Badge>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
