import { Button, useMutation, useQueryClient } from "@doorstep/sdk/ui";
import { useLedgerImport } from "./words.ts";

function save(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}

/** Gives the whole report as a file in the reader's language. */
export function DownloadReport(props: { readonly importId: string }) {
  const { say, rpc, language } = useLedgerImport();
  const client = useQueryClient();
  const download = useMutation({
    mutationFn: () =>
      client.fetchQuery(rpc.reportFile.queryOptions({ importId: props.importId, locale: language }, { staleTime: 0 })),
    onSuccess: ({ fileName, csv }) => save(fileName, csv),
  });
  return (
    <Button variant="default" loading={download.isPending} onClick={() => download.mutate()}>
      {say("check.download")}
    </Button>
  );
}
