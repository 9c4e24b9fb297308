import { defineConfig } from "vite";

/** The loader that sites embed: one classic script under a name that never changes. */
export default defineConfig({
  publicDir: false,
  build: {
    outDir: "dist",
    emptyOutDir: false,
    target: "es2020",
    lib: { entry: "src/widget/loader.ts", formats: ["iife"], name: "UnoBotWidget", fileName: () => "widget.js" },
  },
});
