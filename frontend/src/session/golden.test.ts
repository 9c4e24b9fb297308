import { describe, expect, test } from "vitest";
import type { ServerEvent } from "../contract";
import { reduce } from "./reduce";
import { EMPTY, messagesOf } from "./state";

interface Golden {
  name: string;
  events: ServerEvent[];
  expected: Record<string, unknown>;
}

const transcripts = import.meta.glob<Golden>("./golden/*.json", { eager: true, import: "default" });

describe("transcripts of the real server", () => {
  test.each(Object.values(transcripts).map((golden) => [golden.name, golden] as const))("%s", (_name, { events, expected }) => {
    const state = events.reduce(reduce, EMPTY);
    const files = state.timeline.flatMap((item) => (item.kind === "attachment" ? [item.attachment.name] : []));
    expect({ ...state, messages: messagesOf(state), files }).toMatchObject(expected);
  });
});
