import { defineConfig } from "vite";

/** One ES module with styles and both languages inside; the tile map is a chunk of its own that loads on demand. */
export default defineConfig({
  build: {
    target: "es2022",
    lib: { entry: "src/widget.ts", formats: ["es"], fileName: () => "widget.js" },
    outDir: "dist",
    emptyOutDir: true,
    modulePreload: false,
    rolldownOptions: { output: { chunkFileNames: "widget/[name]-[hash].js", minify: true } },
  },
});
