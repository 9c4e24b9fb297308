import { useSession } from "../app/visit";
import type { ExpertCard } from "../contract";

export type Known = Pick<ExpertCard, "id" | "name" | "role" | "photo_url"> & { timezone?: string };

/** What is known of an expert: from the match, or from the booking when the match is long gone. */
export function useExpert(expertId: string): Known {
  const matched = useSession((session) => session.matched?.experts.find((expert) => expert.id === expertId));
  const booking = useSession((session) => session.booking);
  const availability = useSession((session) => session.availability[expertId]);
  if (matched) return matched;
  const name = availability?.expert_name ?? booking?.expert_name ?? "";
  const role = availability?.expert_role ?? booking?.expert_role ?? "";
  return { id: expertId, name, role, photo_url: null };
}
