import { formatDate, Screen, Skeleton } from "@doorstep/ui";
import { useQuery } from "@tanstack/react-query";
import { useLanguage } from "../../shell/i18n.ts";
import { pageWords } from "../../shell/page-words.ts";
import { kernel } from "../../shell/rpc.ts";
import { useUnitCode } from "../../shell/unit.ts";
import { Prose } from "../rights/prose.tsx";
import en from "./en.json" with { type: "json" };
import zh from "./zh-CN.json" with { type: "json" };

const usePrivacyWords = pageWords({ "zh-CN": zh, en });

/** The privacy notice of the unit in view, of the nearest above that has one, else that of the platform. */
export function PrivacyScreen() {
  const words = usePrivacyWords();
  const language = useLanguage();
  const unitCode = useUnitCode();
  const notice = useQuery(kernel.texts.privacy.queryOptions(unitCode ? { unitCode } : {}));
  const own = notice.data;
  const says = own && { unit: own.unit[language], version: own.version, date: formatDate(own.validFrom, language) };
  return (
    <Screen title={words("title")}>
      {notice.isPending && <Skeleton lines={6} />}
      {says && (
        <>
          <p className="ds-hint">{words("of", says)}</p>
          <p className="ds-text">{own.body[language]}</p>
        </>
      )}
      {!notice.isPending && !own && (
        <>
          <p className="ds-hint">{words("platform")}</p>
          <Prose
            parts={[
              { heading: words("what"), lines: [words("what1"), words("what2")] },
              { heading: words("why"), lines: [words("why1"), words("why2")] },
              { heading: words("who"), lines: [words("who1"), words("who2")] },
              { heading: words("yours"), lines: [words("yours1"), words("yours2")] },
            ]}
          />
        </>
      )}
    </Screen>
  );
}
