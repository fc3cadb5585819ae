// Converts an SFDX project into what a deployment sends, package.xml with it. Usage: node convert.mjs DIR OUT
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const { ComponentSet, MetadataConverter } = createRequire(import.meta.url)("@salesforce/source-deploy-retrieve");
const [dir, out] = process.argv.slice(2).map((one) => path.resolve(one));

const set = ComponentSet.fromSource(path.join(dir, "force-app"));
set.sourceApiVersion = "67.0";
const components = set.getSourceComponents().toArray();
const { packagePath } = await new MetadataConverter().convert(set, "metadata", {
    type: "directory",
    outputDirectory: path.dirname(out),
    packageName: path.basename(out),
    genUniqueDir: false
});

const manifest = fs.readFileSync(path.join(packagePath, "package.xml"), "utf8");
const missing = components.filter((one) => !manifest.includes(`<members>${one.fullName}</members>`));
for (const one of missing) console.log(`${one.type.name} ${one.fullName} is not in package.xml`);
console.log(`${components.length} components are deployable`);
process.exit(missing.length || !components.length ? 1 : 0);
