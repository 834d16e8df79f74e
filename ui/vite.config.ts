import babel from "@rolldown/plugin-babel";
import react, { reactCompilerPreset } from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  // The window loads the page from its own scheme, so paths stay relative.
  base: "./",
  plugins: [react(), babel({ presets: [reactCompilerPreset()] })],
  // The catalogue lies beside the Rust crates: one set of sentences for both sides.
  server: { port: 5173, strictPort: true, fs: { allow: [".."] } },
  build: {
    target: ["chrome123", "safari17.5"],
    // Nothing is inlined as data: or script, so that the strict policy of the window holds.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  css: { modules: { localsConvention: "camelCaseOnly" } },
  test: {
    environment: "jsdom",
    setupFiles: ["src/test/setup.ts"],
    css: { modules: { classNameStrategy: "non-scoped" } },
    testTimeout: 20_000,
  },
});
