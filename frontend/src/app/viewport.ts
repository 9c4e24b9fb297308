import { useEffect } from "react";

/** Where a keyboard lies over the page instead of shrinking it (iOS), the page takes the height that is seen. */
export function useVisibleHeight(): void {
  useEffect(() => {
    const seen = window.visualViewport;
    if (!seen) return;
    const fit = () => document.documentElement.style.setProperty("--seen-height", `${seen.height}px`);
    seen.addEventListener("resize", fit);
    return () => seen.removeEventListener("resize", fit);
  }, []);
}
