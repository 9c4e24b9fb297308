import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["dist/", "node_modules/", "src/contract.ts"] },
  ...tseslint.configs.recommendedTypeChecked,
  reactHooks.configs.flat["recommended-latest"],
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ["eslint.config.js"] }, tsconfigRootDir: import.meta.dirname } },
    rules: {
      complexity: ["error", 12],
      "max-lines": ["error", 330],
      "no-restricted-globals": ["error", { name: "localStorage", message: "Storage may be refused: use session/storage.ts." }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
    },
  },
  // The loader runs on foreign pages, without the app's own storage.
  { files: ["src/widget/loader.ts"], rules: { "no-restricted-globals": "off" } },
  { files: ["src/session/**"], rules: { "no-restricted-imports": ["error", { paths: ["react", "react-dom"] }] } },
);
