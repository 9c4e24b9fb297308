import { CircleAlert, CircleCheck } from "lucide-react";
import { usePage } from "../app/page";

export function Toasts() {
  const toasts = usePage((page) => page.toasts);
  return (
    <div className="toasts" role="alert">
      {toasts.map((toast) => (
        <p key={toast.key} className={`toast toast-${toast.mood}`}>
          {toast.mood === "good" ? <CircleCheck size={18} aria-hidden /> : <CircleAlert size={18} aria-hidden />}
          {toast.text}
        </p>
      ))}
    </div>
  );
}
