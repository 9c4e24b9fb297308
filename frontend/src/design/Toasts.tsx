import { CircleAlert, CircleCheck } from "lucide-react";
import { usePage } from "../app/page";
import { refusalText } from "../language/refusals";
import { useLanguage, useText } from "../language/text";

export function Toasts() {
  const t = useText();
  const language = useLanguage();
  const toasts = usePage((page) => page.toasts);
  return (
    <div className="toasts" role="alert">
      {toasts.map((toast) => (
        <p key={toast.key} className={`toast toast-${toast.mood}`}>
          {toast.mood === "good" ? <CircleCheck size={18} aria-hidden /> : <CircleAlert size={18} aria-hidden />}
          {typeof toast.says === "string" ? toast.says : refusalText(toast.says, t, language)}
        </p>
      ))}
    </div>
  );
}
