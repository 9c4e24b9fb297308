import { useText } from "../language/text";

export function DocumentSkeleton() {
  const t = useText();
  return (
    <div role="img" aria-label={t("loading")} className="document-skeleton">
      {[60, 100, 95, 80, 40, 100, 90].map((width, at) => (
        <div key={at} className={`skeleton skeleton-line width-${width}`} />
      ))}
    </div>
  );
}
