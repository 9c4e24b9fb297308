import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "../design/tokens.css";
import "../design/base.css";
import "../design/controls.css";
import "../conversation/conversation.css";
import "../brief/brief.css";
import "../prd/prd.css";
import "../experts/experts.css";
import "../calendar/calendar.css";
import "../booking/booking.css";
import "../shell/shell.css";
import { loadMessages, SpeechContext, textIn } from "../language/text";
import { App } from "./App";
import { begin, openVisit } from "./boot";
import { ErrorBoundary } from "./ErrorBoundary";
import { usePreferences } from "./preferences";
import { VisitContext } from "./visit";

const visit = openVisit();
void begin(visit);
const { language } = usePreferences.getState();
const messages = await loadMessages(language);

createRoot(document.getElementById("app") as HTMLElement).render(
  <StrictMode>
    <SpeechContext value={{ language, t: textIn(messages) }}>
      <ErrorBoundary>
        <VisitContext value={visit}>
          <App messages={messages} />
        </VisitContext>
      </ErrorBoundary>
    </SpeechContext>
  </StrictMode>,
);
