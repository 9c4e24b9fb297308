import { Timer } from "lucide-react";
import { useEffect, useState } from "react";
import { useClientState } from "../app/visit";
import type { SlotHeld } from "../contract";
import { countdown } from "../language/dates";
import { useText } from "../language/text";

export function HoldCountdown({ hold }: { hold: SlotHeld }) {
  const t = useText();
  const left = useTimeLeft(hold.expires_at);
  const over = left <= 0;
  return (
    <p className={`hold ${over ? "hold-over" : ""}`} role={over ? "alert" : undefined}>
      <Timer size={16} aria-hidden />
      {over ? t("hold_expired") : t("held_for", { time: countdown(left) })}
    </p>
  );
}

/** Milliseconds until an instant by the server's clock. */
export function useTimeLeft(until: string): number {
  const skew = useClientState((state) => state.clockSkew);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return Date.parse(until) - (now + skew);
}
