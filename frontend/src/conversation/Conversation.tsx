import { ArrowDown } from "lucide-react";
import { useEffect, useEffectEvent, useRef } from "react";
import { useClientState, useSession } from "../app/visit";
import { NextStep } from "../brief/NextStep";
import { Button } from "../design/Button";
import { useText } from "../language/text";
import { PrivacyLink } from "../shell/PrivacyLink";
import { Markdown } from "../prd/Markdown";
import { Announcer } from "./Announcer";
import { PendingUpload } from "./Attachment";
import { BubbleFrame } from "./Bubble";
import { Composer } from "./Composer";
import { Pending } from "./Pending";
import { QuickReplies } from "./QuickReplies";
import { useFollow } from "./scroll";
import { useChime } from "./sound";
import { Timeline } from "./Timeline";
import { useTyping } from "./waiting";

export function Conversation() {
  const t = useText();
  const field = useRef<HTMLTextAreaElement>(null);
  useChime();
  const { list, content, behind, toEnd } = useFollow();
  useShownBooking(toEnd);
  const focusField = () => {
    toEnd();
    field.current?.focus();
  };
  return (
    <section className="conversation" aria-label={t("conversation")}>
      <div className="log" ref={list} role="log" aria-live="off" aria-label={t("conversation")} tabIndex={0}>
        <div className="log-content" ref={content}>
          <AiLabel />
          <ol className="messages">
            <Timeline />
            <OnTheWay />
          </ol>
          <NextStep />
          <QuickReplies onChosen={focusField} />
        </div>
      </div>
      {behind && (
        <Button look="primary" className="pill" onClick={toEnd}>
          <ArrowDown size={16} aria-hidden /> {t("new_messages")}
        </Button>
      )}
      <Composer field={field} onSent={toEnd} />
      <Announcer />
    </section>
  );
}

/** A booking was made in a dialog over a list that may stand anywhere: its card is what the visitor wants to see. */
function useShownBooking(toEnd: () => void): void {
  const booked = useSession((session) => session.booking?.booking_id);
  const show = useEffectEvent(toEnd);
  useEffect(() => {
    if (booked) show();
  }, [booked]);
}

function AiLabel() {
  const t = useText();
  return (
    <p className="ai-label">
      {t("ai_label")} {t("terms_hint")}{" "}
      <PrivacyLink />
    </p>
  );
}

function OnTheWay() {
  const t = useText();
  const outbox = useClientState((state) => state.outbox);
  const uploads = useClientState((state) => state.uploads);
  const draft = useSession((session) => session.draft);
  const typing = useTyping();
  const waiting = useSession((session) => session.timeline.length === 0);
  return (
    <>
      {outbox
        .filter((item) => item.label !== null && !item.echoed)
        .map((item) => (
          <li key={item.command.id}>
            <Pending item={item} />
          </li>
        ))}
      {uploads.map((upload) => (
        <li key={upload.id}>
          <PendingUpload upload={upload} />
        </li>
      ))}
      {draft && (
        <li>
          <BubbleFrame mine={false} author={t("bot")} busy>
            <Markdown source={draft.text} above={3} />
          </BubbleFrame>
        </li>
      )}
      {typing && (
        <li>
          <Dots label={t(typing === "bot" ? "typing_bot" : "typing_staff")} />
        </li>
      )}
      {waiting && !typing && outbox.length === 0 && (
        <li className="message message-theirs" aria-hidden>
          <div className="skeleton skeleton-bubble" />
        </li>
      )}
    </>
  );
}

function Dots({ label }: { label: string }) {
  return (
    <div className="message message-theirs">
      <div className="bubble dots" role="img" aria-label={label}>
        <span />
        <span />
        <span />
      </div>
    </div>
  );
}
