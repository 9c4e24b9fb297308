import { useEffect, useState } from "react";
import { type Block, type Inline, parse } from "./markdown";

export type Reading = { is: "loading" } | { is: "failed" } | { is: "read"; text: string };

/** The text behind a document's link; the last one's answer never shows under the next one's address. */
export function useDocument(url: string): Reading {
  const [answer, setAnswer] = useState<{ url: string; reading: Reading } | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    readText(url, stop.signal).then(
      (text) => setAnswer({ url, reading: { is: "read", text } }),
      () => {
        if (!stop.signal.aborted) setAnswer({ url, reading: { is: "failed" } });
      },
    );
    return () => stop.abort();
  }, [url]);
  return answer?.url === url ? answer.reading : { is: "loading" };
}

async function readText(url: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(`the document answered ${response.status}`);
  return response.text();
}

/** What a reader calls each section, by the key that the server knows it by. */
export function sectionTitles(source: string): Map<string, string> {
  const keyed = parse(source).filter((block): block is Heading => block.kind === "heading" && block.key !== null);
  return new Map(keyed.map((heading) => [heading.key ?? "", plain(heading.inner)]));
}

type Heading = Extract<Block, { kind: "heading" }>;

export function plain(spans: readonly Inline[]): string {
  return spans.map((span) => ("inner" in span ? plain(span.inner) : span.text)).join("");
}
