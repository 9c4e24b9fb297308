import { useEffect, useState } from "react";
import { Brief } from "../brief/Brief";
import { Conversation } from "../conversation/Conversation";
import { Button } from "../design/Button";
import { Toasts } from "../design/Toasts";
import { directionOf, loadMessages, type Messages, type Speech, SpeechContext, textIn, useText } from "../language/text";
import { Banner } from "../shell/Banner";
import { Header } from "../shell/Header";
import { EMBEDDED, useHost } from "../widget/frame";
import { Dialogs } from "./Dialogs";
import { usePage } from "./page";
import { usePreferences } from "./preferences";
import { useTheme } from "./theme";
import { useVisibleHeight } from "./viewport";
import { isShut, useClientState, useSession, useVisit } from "./visit";

export function App({ messages }: { messages: Messages }) {
  const speech = useSpeech(messages);
  useTheme();
  useVisibleHeight();
  return (
    <SpeechContext value={speech}>
      <Page />
    </SpeechContext>
  );
}

function Page() {
  const t = useText();
  const ending = useEnding();
  const covered = usePage((page) => page.stack.length > 0);
  useHost();
  return (
    <div className={EMBEDDED ? "page page-embedded" : "page"}>
      <a className="skip-link" href="#composer">
        {t("skip_link")}
      </a>
      <Header />
      <Banner />
      {ending ? (
        <Ending {...ending} />
      ) : (
        <main className="columns">
          <Conversation />
          {!EMBEDDED && <Brief />}
        </main>
      )}
      <Dialogs />
      {!covered && <Toasts />}
    </div>
  );
}

/** Why there is nothing to show any more, if so. */
function useEnding(): { title: string; text: string } | null {
  const t = useText();
  const erased = useSession((session) => session.erased);
  const shut = useClientState(isShut);
  if (erased) return { title: t("erased_title"), text: t("erased_text") };
  return shut ? { title: t("ended_title"), text: t("ended_text") } : null;
}

function Ending({ title, text }: { title: string; text: string }) {
  const t = useText();
  const visit = useVisit();
  return (
    <main className="ending">
      <h2>{title}</h2>
      <p>{text}</p>
      <Button look="primary" onClick={() => void visit.startOver()}>
        {t("start_new")}
      </Button>
    </main>
  );
}

/** The words of the chosen language, once they are there; until then those of the one before. */
function useSpeech(first: Messages): Speech {
  const language = usePreferences((preferences) => preferences.language);
  const [speech, setSpeech] = useState<Speech>({ language, t: textIn(first) });
  useEffect(() => {
    let wanted = true;
    void loadMessages(language).then((messages) => {
      if (wanted) setSpeech({ language, t: textIn(messages) });
    });
    return () => {
      wanted = false;
    };
  }, [language]);
  useEffect(() => {
    document.documentElement.lang = speech.language;
    document.documentElement.dir = directionOf(speech.language);
  }, [speech]);
  return speech;
}
