import { useEffect, useState } from "react";
import { isShut, useClientState, useVisit } from "../app/visit";
import { Button } from "../design/Button";
import { useText } from "../language/text";

const SHOW_AFTER_MS = 2_000;

/** A thin line when the connection has been away for a while; never a dialog, never a lie. */
export function Banner() {
  const t = useText();
  const visit = useVisit();
  const connection = useClientState((state) => state.connection);
  const shut = useClientState(isShut);
  const away = useLongAway(connection.is !== "live");
  if (shut) return null;
  if (connection.is === "refused") {
    return (
      <div className="banner banner-bad" role="alert">
        <span>{t("refused")}</span>
        <Button look="secondary" onClick={() => void visit.startOver()}>
          {t("start_new")}
        </Button>
      </div>
    );
  }
  const polling = connection.is === "live" && connection.over === "polling";
  if (!polling && !away) return null;
  return (
    <div className="banner" role="status">
      <span>{t(polling ? "polling" : "reconnecting")}</span>
      <Button look="secondary" onClick={() => visit.reconnect()}>
        {t("reconnect")}
      </Button>
    </div>
  );
}

function useLongAway(away: boolean): boolean {
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(away), away ? SHOW_AFTER_MS : 0);
    return () => clearTimeout(timer);
  }, [away]);
  return away && long;
}
