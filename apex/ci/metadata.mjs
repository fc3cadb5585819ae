// Checks the metadata of an SFDX project without an org. Usage: node metadata.mjs DIR
import fs from "node:fs";
import path from "node:path";
import { Project } from "./project.mjs";
import { checkReferences } from "./references.mjs";
import { checkSchema } from "./schema.mjs";

const project = new Project(path.resolve(process.argv[2]));
checkSchema(project);
checkReferences(project);
const { sourceApiVersion } = JSON.parse(fs.readFileSync(path.join(project.dir, "sfdx-project.json"), "utf8"));
if (sourceApiVersion !== "67.0") project.problems.push(`sfdx-project.json: sourceApiVersion is not 67.0`);
for (const problem of project.problems) console.log(problem);
console.log(`${project.documents.length} metadata files, ${project.problems.length} problems`);
process.exit(project.problems.length ? 1 : 0);
