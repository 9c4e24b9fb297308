import { useLanguage, useText } from "../language/text";

export function PrivacyLink({ className }: { className?: string }) {
  const t = useText();
  return (
    <a className={className} href={`/privacy/?language=${useLanguage()}`} target="_blank" rel="noopener">
      {t("privacy")}
    </a>
  );
}
