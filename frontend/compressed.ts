import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { gzipSync } from "fflate";
import type { Plugin } from "vite";

/** Writes each text file's gzip beside it, for the server to choose; in plain JavaScript, so that every Node writes the same bytes. */
export function compressed(): Plugin {
  return {
    name: "compressed",
    apply: "build",
    writeBundle({ dir }) {
      for (const name of readdirSync(`${dir}/assets`)) {
        if (!/\.(js|css)$/.test(name)) continue;
        const file = `${dir}/assets/${name}`;
        writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9, mtime: 0 }));
      }
    },
  };
}
