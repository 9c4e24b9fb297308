import { Component, type ReactNode } from "react";
import { Button } from "../design/Button";
import { SpeechContext } from "../language/text";
import { Logo } from "../shell/Logo";

/** What is drawn when drawing fails: the visit itself is on the server and comes back with the page (W25). */
export class ErrorBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <SpeechContext.Consumer>
        {({ t }) => (
          <div className="page">
            <main className="ending crash" role="alert">
              <Logo />
              <h2>{t("crash_title")}</h2>
              <p>{t("crash_text")}</p>
              <Button look="primary" onClick={() => window.location.reload()}>
                {t("reload")}
              </Button>
            </main>
          </div>
        )}
      </SpeechContext.Consumer>
    );
  }
}
