import { useEffect } from "react";
import { usePreferences } from "./preferences";

export function useTheme(): void {
  const theme = usePreferences((preferences) => preferences.theme);
  useEffect(() => {
    const device = window.matchMedia("(prefers-color-scheme: dark)");
    const apply = () => {
      const dark = theme === "dark" || (theme === "system" && device.matches);
      document.documentElement.dataset.theme = dark ? "dark" : "light";
    };
    apply();
    device.addEventListener("change", apply);
    return () => device.removeEventListener("change", apply);
  }, [theme]);
}
