import { usePreferences } from "./preferences";
import { usePage } from "./page";
import { storage } from "./preferences";
import { localZone } from "../language/dates";
import { SessionClient } from "../session/client";
import { Rest } from "../session/rest";
import { watchOtherTabs } from "../session/storage";
import { REAL_CLOCK } from "../session/transport";

const MOST_REFERRER = 500;

/** The visit of this page, listening to what may bring the network back. */
export function openVisit(): SessionClient {
  const origin = window.location.origin;
  const client = new SessionClient({
    rest: new Rest(origin),
    socketUrl: `${origin.replace(/^http/, "ws")}/ws/`,
    storage,
    clock: REAL_CLOCK,
    random: Math.random,
    beforePaint: (draw) => (document.hidden ? setTimeout(draw, 100) : requestAnimationFrame(draw)),
    introduce: () => ({
      language: usePreferences.getState().language,
      timezone: localZone(),
      referrer: document.referrer.slice(0, MOST_REFERRER),
    }),
    onProblem: (frame) => usePage.getState().toast("bad", frame),
  });
  listen(client);
  return client;
}

/** Takes the secret out of the address before anything can copy it, then opens what it stands for. */
export async function begin(client: SessionClient): Promise<void> {
  const secret = /^#resume=([\w-]+)$/.exec(window.location.hash)?.[1];
  if (secret) {
    window.history.replaceState(null, "", window.location.pathname + window.location.search);
    await client.resume(secret).catch((error: unknown) => console.debug("the link opens nothing", error));
  }
  await client.start();
}

function listen(client: SessionClient): void {
  const nudge = () => client.nudge();
  window.addEventListener("online", nudge);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) nudge();
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) nudge();
  });
  watchOtherTabs((key) => client.followOtherTab(key));
}
