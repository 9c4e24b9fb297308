import { zoneCity } from "../language/dates";
import { useText } from "../language/text";

const ZONES = Intl.supportedValuesOf("timeZone");

export function ZonePicker({ zone, onChange }: { zone: string; onChange: (zone: string) => void }) {
  const t = useText();
  return (
    <label className="zone">
      <span>{t("calendar_zone")}</span>
      <select className="input" value={zone} onChange={(event) => onChange(event.target.value)}>
        {[...new Set([zone, ...ZONES])].map((name) => (
          <option key={name} value={name}>
            {zoneCity(name)} ({name.split("/")[0]})
          </option>
        ))}
      </select>
    </label>
  );
}
