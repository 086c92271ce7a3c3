import { Screen, useMediaQuery } from "@doorstep/ui";
import { Link, useSearch } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { useText } from "../app/i18n.ts";
import { queryClient } from "../app/rpc.ts";
import { useMay } from "../app/session.ts";
import { type Choosing, type Pending, withChange } from "./matrix-cell.ts";
import { MatrixView } from "./matrix-view.tsx";
import { PendingBar } from "./pending-bar.tsx";
import { PhoneModules } from "./phone-modules.tsx";
import { PreviewPart } from "./preview-part.tsx";

/** A3: which module is on at which unit. Changes are collected, previewed, and applied together. */
export function ModulesScreen() {
  const text = useText();
  const may = useMay();
  const { unit } = useSearch({ from: "/modules" });
  const phone = useMediaQuery("(max-width: 48em)", false);
  const [pending, setPending] = useState<Pending>(new Map());
  const [previewed, setPreviewed] = useState(false);
  const [notice, setNotice] = useState<string>();
  const change = useCallback<Choosing["change"]>((cell, wanted) => {
    setNotice(undefined);
    setPending((before) => withChange(before, cell, wanted));
  }, []);
  const choosing: Choosing = { pending, change };
  const afterwards = (message: string, keep: boolean) => {
    if (!keep) setPending(new Map());
    setNotice(message);
    setPreviewed(false);
    void queryClient.invalidateQueries({ predicate: (query) => query.queryKey[0] !== "doorstep" });
  };
  return (
    <Screen
      title={text(previewed ? "modules.previewTitle" : "modules.title")}
      width="full"
      notice={notice}
      actions={
        may("platform.manage") && (
          <Link to="/modules/installed" className="ds-link">
            {text("installed.title")}
          </Link>
        )
      }
    >
      {previewed && pending.size > 0 ? (
        <PreviewPart
          changes={[...pending.values()]}
          onBack={() => setPreviewed(false)}
          onApplied={(affected) => afterwards(text("modules.applied", { count: affected }), false)}
          onStale={() => afterwards(text("modules.stale"), true)}
        />
      ) : (
        <>
          {phone ? (
            <PhoneModules unitId={unit} choosing={choosing} />
          ) : (
            <MatrixView rootId={unit} choosing={choosing} />
          )}
          <PendingBar
            count={pending.size}
            onDiscard={() => setPending(new Map())}
            onPreview={() => {
              setNotice(undefined);
              setPreviewed(true);
            }}
          />
        </>
      )}
    </Screen>
  );
}
