import { useEffect } from "react";
import { usePage } from "../app/page";
import { useClientState, useSession, useVisit } from "../app/visit";
import type { ExpertCard, Slot } from "../contract";
import { Button } from "../design/Button";
import { Portrait } from "../experts/ExpertList";
import { clockTime, longDate, shortDay, zoneCity } from "../language/dates";
import { useLocale, useText } from "../language/text";
import { type Day, groupByDay } from "./days";
import { ZonePicker } from "./ZonePicker";

const REFRESH_MS = 30_000;

interface Props {
  expert: Pick<ExpertCard, "id" | "name" | "role" | "photo_url"> & { timezone?: string };
  zone: string;
  onZone: (zone: string) => void;
  chosen: string | null;
  onChoose: (slot: Slot) => void;
}

/** Free starts of one expert; kept fresh while it is looked at. */
export function Calendar({ expert, zone, onZone, chosen, onChoose }: Props) {
  const t = useText();
  const visit = useVisit();
  const live = useClientState((state) => state.connection.is === "live");
  const availability = useSession((session) => session.availability[expert.id]);
  useEffect(() => {
    if (!live) return;
    const ask = () => visit.ask({ type: "get_availability", expert_id: expert.id, timezone: zone });
    ask();
    const timer = setInterval(ask, REFRESH_MS);
    return () => clearInterval(timer);
  }, [visit, expert.id, zone, live]);
  return (
    <div className="calendar">
      <div className="calendar-expert">
        <Portrait expert={expert} />
        <div>
          <p className="calendar-name">{expert.name}</p>
          <p className="quiet">{expert.role}</p>
        </div>
        {availability && <span className="chip">{t("calendar_minutes", { count: availability.duration_minutes })}</span>}
      </div>
      <ZonePicker zone={zone} onChange={onZone} />
      {availability ? <Days slots={availability.slots} expert={expert} zone={zone} chosen={chosen} onChoose={onChoose} /> : <CalendarSkeleton />}
    </div>
  );
}

type DaysProps = Omit<Props, "onZone"> & { slots: readonly Slot[] };

function Days({ slots, expert, zone, chosen, onChoose }: DaysProps) {
  const locale = useLocale();
  if (slots.length === 0) return <NoTimes />;
  const days = groupByDay(slots, zone);
  return (
    <>
      <DayStrip days={days} zone={zone} />
      {days.map((day) => (
        <section key={day.key} className="day">
          <h3 id={`day-${day.key}`} tabIndex={-1}>
            {longDate(day.slots[0]?.start_time ?? "", locale, zone)}
          </h3>
          <ul className="slots" aria-labelledby={`day-${day.key}`}>
            {day.slots.map((slot) => (
              <li key={slot.start_time}>
                <SlotButton slot={slot} zone={zone} expert={expert} chosen={chosen === slot.start_time} onChoose={onChoose} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

/** A way to each day past those before it. */
function DayStrip({ days, zone }: { days: readonly Day[]; zone: string }) {
  const t = useText();
  const locale = useLocale();
  const go = (day: Day) => {
    const heading = document.getElementById(`day-${day.key}`);
    heading?.scrollIntoView({ block: "start" });
    heading?.focus({ preventScroll: true });
  };
  return (
    <nav className="day-strip" aria-label={t("calendar_days")}>
      {days.map((day) => (
        <Button key={day.key} onClick={() => go(day)}>
          {shortDay(day.slots[0]?.start_time ?? "", locale, zone)}
        </Button>
      ))}
    </nav>
  );
}

function NoTimes() {
  const t = useText();
  const show = usePage((page) => page.show);
  return (
    <div className="calendar-empty">
      <p>{t("calendar_empty")}</p>
      <Button onClick={() => show({ kind: "human" })}>{t("human")}</Button>
    </div>
  );
}

interface SlotProps {
  slot: Slot;
  zone: string;
  expert: Props["expert"];
  chosen: boolean;
  onChoose: (slot: Slot) => void;
}

export function SlotButton({ slot, zone, expert, chosen, onChoose }: SlotProps) {
  const locale = useLocale();
  const elsewhere = expert.timezone && expert.timezone !== zone;
  const theirs = elsewhere && clockTime(slot.start_time, locale, expert.timezone);
  const mine = clockTime(slot.start_time, locale, zone);
  return (
    <button type="button" className="slot" aria-pressed={chosen} onClick={() => onChoose(slot)}>
      <span className="slot-mine">{mine}</span>
      {elsewhere && theirs !== mine && (
        <span className="slot-theirs">
          {theirs} {zoneCity(expert.timezone ?? "")}
        </span>
      )}
    </button>
  );
}

function CalendarSkeleton() {
  const t = useText();
  return (
    <div className="slots" role="img" aria-label={t("calendar_loading")}>
      {Array.from({ length: 8 }, (_, at) => (
        <div key={at} className="skeleton skeleton-slot" />
      ))}
    </div>
  );
}
