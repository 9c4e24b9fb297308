import { CalendarDays, Globe } from "lucide-react";
import { usePage } from "../app/page";
import type { ExpertCard as Expert, ExpertsMatched } from "../contract";
import { Button } from "../design/Button";
import { useLocale, useText } from "../language/text";

export function ExpertList({ matched }: { matched: ExpertsMatched }) {
  const t = useText();
  if (matched.experts.length === 0) return <p className="notice">{t("experts_none")}</p>;
  return (
    <section className="experts" aria-label={t("experts_title")}>
      <h3>{t("experts_title")}</h3>
      <ul>
        {matched.experts.map((expert) => (
          <li key={expert.id}>
            <ExpertCard expert={expert} />
          </li>
        ))}
      </ul>
      {matched.pairs.map((pair) => (
        <p key={pair.text} className="pair">
          <strong>{t("experts_pair")}:</strong> <bdi>{pair.text}</bdi>
        </p>
      ))}
    </section>
  );
}

function ExpertCard({ expert }: { expert: Expert }) {
  const t = useText();
  const show = usePage((page) => page.show);
  return (
    <article className="card expert">
      <div className="card-head">
        <Portrait expert={expert} />
        <div className="expert-who">
          <h4>{expert.name}</h4>
          <p className="quiet">{expert.role}</p>
        </div>
        <span className="chip chip-match">{t("match", { score: Math.round(expert.score) })}</span>
      </div>
      <p className="expert-bio" dir="auto">{expert.bio}</p>
      <ul className="chips">
        {expert.specialties.map((specialty) => (
          <li key={specialty} className="chip">
            {specialty}
          </li>
        ))}
      </ul>
      <Languages expert={expert} />
      <Reasons expert={expert} />
      <Button look="primary" onClick={() => show({ kind: "schedule", expertId: expert.id })}>
        <CalendarDays size={16} aria-hidden /> {t("book_with", { name: expert.name.split(" ")[0] ?? expert.name })}
      </Button>
    </article>
  );
}

export function Portrait({ expert }: { expert: Pick<Expert, "name" | "photo_url"> }) {
  if (expert.photo_url) return <img className="portrait" src={expert.photo_url} alt="" width={48} height={48} loading="lazy" />;
  const initials = expert.name
    .split(/\s+/)
    .map((word) => word[0])
    .filter((_, at, all) => at === 0 || at === all.length - 1)
    .join("");
  return (
    <span className="portrait" aria-hidden>
      {initials}
    </span>
  );
}

function Languages({ expert }: { expert: Expert }) {
  const t = useText();
  const locale = useLocale();
  const names = new Intl.DisplayNames(locale, { type: "language" });
  const spoken = new Intl.ListFormat(locale).format(expert.languages.map((code) => names.of(code) ?? code));
  return (
    <p className="expert-languages">
      <Globe size={14} aria-hidden /> {t("speaks", { languages: spoken })}
    </p>
  );
}

function Reasons({ expert }: { expert: Expert }) {
  const t = useText();
  return (
    <details className="reasons">
      <summary>{t("why_match")}</summary>
      <ul>
        {expert.reasons.map((reason) => (
          <li key={reason.component}>
            <span>{reason.text}</span>
            <meter min={0} max={reason.most} value={reason.points} aria-label={reason.text} />
          </li>
        ))}
      </ul>
    </details>
  );
}
