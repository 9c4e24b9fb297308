/** What the loader on a foreign page and the frame inside it say to each other. */

export type FromFrame =
  | { unobot: "ready" }
  | { unobot: "minimise" }
  | { unobot: "close" }
  | { unobot: "message" }
  | { unobot: "position"; side: Side };

export type ToFrame = { unobot: "shown" } | { unobot: "hidden" };

export type Side = "left" | "right";

export function isOurs(data: unknown): data is { unobot: string } {
  return typeof data === "object" && data !== null && "unobot" in data;
}
