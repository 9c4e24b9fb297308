import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { compressed } from "./compressed";

export default defineConfig({
  plugins: [react(), compressed()],
  base: "/static/frontend/",
  // The manifest names sources as they are reached from here, also where node_modules is a link.
  resolve: { preserveSymlinks: true },
  build: {
    outDir: "dist",
    manifest: "manifest.json",
    target: "es2022",
    // Every image is a file of its own: the content security policy allows no data: URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: { app: "src/app/main.tsx" } },
  },
  test: { environment: "node", include: ["src/**/*.test.{ts,tsx}"] },
});
