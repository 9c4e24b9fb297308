import { CircleCheck, CircleDashed, Eye } from "lucide-react";
import type { PrdStatus } from "../contract";
import { useText } from "../language/text";

const LOOKS = {
  draft: { icon: CircleDashed, text: "prd_status_draft" },
  in_review: { icon: Eye, text: "prd_status_in_review" },
  approved: { icon: CircleCheck, text: "prd_status_approved" },
} as const;

export function Status({ status }: { status: PrdStatus }) {
  const t = useText();
  const { icon: Icon, text } = LOOKS[status];
  return (
    <span className={`chip prd-status prd-status-${status}`}>
      <Icon size={14} aria-hidden /> {t(text)}
    </span>
  );
}
