import { type FromFrame, isOurs, type Side, type ToFrame } from "./messages";
import { frameAddress, labelIn, readSettings } from "./settings";
import { STYLES } from "./styles";

const ICON =
  '<svg viewBox="0 0 24 24" width="28" height="28" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M21 11.5a8.4 8.4 0 0 1-12 7.6L3 21l1.9-5.6A8.5 8.5 0 1 1 21 11.5z"/></svg>';

const script = document.currentScript as HTMLScriptElement;
const origin = new URL(script.src).origin;
const settings = readSettings(script.dataset, recall("side"));
const label = labelIn(settings.language, navigator.language);

const host = document.createElement("div");
const root = host.attachShadow({ mode: "closed" });
const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLES);
root.adoptedStyleSheets = [sheet];

const stage = document.createElement("div");
const launcher = document.createElement("button");
const badge = document.createElement("span");
const tag = document.createElement("span");
let frame: HTMLIFrameElement | null = null;
let unseen = 0;

function draw(): void {
  stage.className = settings.side;
  launcher.type = "button";
  launcher.className = `launcher${recall("seen") ? "" : " pulse"}`;
  launcher.setAttribute("aria-label", label);
  launcher.setAttribute("aria-expanded", "false");
  launcher.innerHTML = ICON;
  badge.className = "badge";
  badge.hidden = true;
  tag.className = "label";
  tag.textContent = label;
  tag.setAttribute("aria-hidden", "true");
  launcher.append(badge);
  stage.append(launcher, tag);
  root.append(stage);
  launcher.addEventListener("click", open);
  document.body.append(host);
}

function open(): void {
  remember("seen", "yes");
  frame ??= makeFrame();
  count(0);
  show(true);
  giveFocus();
}

function giveFocus(): void {
  if (!frame || frame.hidden) return;
  frame.focus();
  tell({ unobot: "shown" });
}

function shut(): void {
  show(false);
  tell({ unobot: "hidden" });
  launcher.focus();
}

function show(opened: boolean): void {
  if (frame) frame.hidden = !opened;
  launcher.hidden = tag.hidden = opened;
  launcher.setAttribute("aria-expanded", String(opened));
  launcher.classList.remove("pulse");
}

function makeFrame(): HTMLIFrameElement {
  const made = document.createElement("iframe");
  made.className = "frame";
  made.title = label;
  made.src = frameAddress(origin, settings, location.origin);
  made.allow = "clipboard-write";
  made.setAttribute("sandbox", "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads");
  stage.append(made);
  return made;
}

function tell(message: ToFrame): void {
  frame?.contentWindow?.postMessage(message, origin);
}

function hear(message: FromFrame): void {
  switch (message.unobot) {
    case "ready":
      return giveFocus();
    case "minimise":
    case "close":
      return shut();
    case "message":
      return frame?.hidden ? count(unseen + 1) : undefined;
    case "position":
      return move(message.side);
  }
}

function move(side: Side): void {
  settings.side = side;
  stage.className = side;
  remember("side", side);
}

function count(messages: number): void {
  unseen = messages;
  badge.hidden = messages === 0;
  badge.textContent = messages > 9 ? "9+" : String(messages);
  launcher.setAttribute("aria-label", messages === 0 ? label : `${label} (${messages})`);
}

function recall(key: string): string | null {
  try {
    return localStorage.getItem(`unobot.widget.${key}`);
  } catch {
    return null;
  }
}

function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`unobot.widget.${key}`, value);
  } catch {
    // A site without storage shows the first visit again.
  }
}

window.addEventListener("message", (event) => {
  if (event.origin === origin && event.source === frame?.contentWindow && isOurs(event.data)) hear(event.data as FromFrame);
});
if (document.body) draw();
else document.addEventListener("DOMContentLoaded", draw);
