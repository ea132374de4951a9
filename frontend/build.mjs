// Builds src/gongkai_web/static_vendor from the pinned npm packages: style sheets lowered, scripts bundled for the
// oldest office browser (Chromium 89). The result is not committed; it is made by `make static` and ships in the wheel.
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const out = join(here, "..", "src", "gongkai_web", "static_vendor");
const FLOOR = "chrome89";

rmSync(out, { recursive: true, force: true });
for (const folder of ["bootstrap", "echarts", "htmx", "licences", "prosemirror"]) mkdirSync(join(out, folder), { recursive: true });

// Bootstrap's own sources still use @import and older colour functions; those warnings are its makers' to mend.
const css = sass.compile(join(here, "bootstrap.scss"), {
  style: "expanded",
  quietDeps: true,
  silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
});
const lowered = await esbuild.transform(css.css, { loader: "css", target: FLOOR, minify: true });
writeFileSync(join(out, "bootstrap", "bootstrap.min.css"), lowered.code);

async function script(entry, target) {
  await esbuild.build({
    entryPoints: [entry],
    outfile: join(out, target),
    bundle: true,
    minify: true,
    format: "iife",
    target: FLOOR,
    legalComments: "inline",
    logLevel: "warning",
  });
}

await script(join(modules, "bootstrap", "dist", "js", "bootstrap.bundle.js"), "bootstrap/bootstrap.min.js");
await script(join(here, "charts.js"), "echarts/echarts.min.js");
await script(join(here, "editor.js"), "prosemirror/editor.min.js");
// htmx is already one plain file; bundling would hide its global.
copyFileSync(join(modules, "htmx.org", "dist", "htmx.min.js"), join(out, "htmx", "htmx.min.js"));

for (const [name, file] of [["bootstrap", "LICENSE"], ["echarts", "LICENSE"], ["echarts", "NOTICE"], ["htmx.org", "LICENSE"], ["prosemirror-view", "LICENSE"]]) {
  copyFileSync(join(modules, name, file), join(out, "licences", `${name}-${file}.txt`));
}
