import { useEffect, useState } from "react";
import { useClientState, useSession, useVisit } from "../app/visit";
import type { PrdDiff, PrdDocument, PrdVersionBody } from "../contract";
import type { NewQuery } from "../session/client";
import { diffKey } from "../session/state";

const LATE_MS = 10_000;

export type Reading<T> = { is: "loading" } | { is: "failed" } | { is: "read"; it: T };

/** A version's text; the same for as long as the version stands. */
export function useDocument(version: number): Reading<PrdDocument> {
  return useAnswer({ type: "get_prd", version }, useSession((session) => session.prdDocuments[version]));
}

export function useDifference(before: number, after: number): Reading<PrdDiff> {
  return useAnswer({ type: "get_prd_diff", before, after }, useSession((session) => session.prdDiffs[diffKey(before, after)]));
}

/** What the list of versions says of one; asked for again whenever its link is another. */
export function useVersion(version: number, url: string | null): PrdVersionBody | undefined {
  const visit = useVisit();
  const live = useClientState((state) => state.connection.is === "live");
  useEffect(() => {
    if (live) visit.ask({ type: "get_prd_versions" });
  }, [visit, live, url]);
  return useSession((session) => session.prdVersions?.versions.find((one) => one.version === version));
}

/** Asks once there is a line, and stops waiting when no answer comes. */
function useAnswer<T>(query: NewQuery, answer: T | undefined): Reading<T> {
  const visit = useVisit();
  const live = useClientState((state) => state.connection.is === "live");
  const asked = JSON.stringify(query);
  const answered = answer !== undefined;
  const [late, setLate] = useState("");
  useEffect(() => {
    if (answered) return;
    if (live) visit.ask(JSON.parse(asked) as NewQuery);
    const timer = setTimeout(() => setLate(asked), LATE_MS);
    return () => clearTimeout(timer);
  }, [visit, live, asked, answered]);
  if (answer !== undefined) return { is: "read", it: answer };
  return { is: late === asked ? "failed" : "loading" };
}
