// PMD's recommended Apex rules, through Salesforce Code Analyzer without its CLI. Usage: node pmd.mjs DIR
// A violation fails, and so does a file that PMD cannot read, which PMD itself only logs.
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";

const require = createRequire(import.meta.url);
const { CodeAnalyzer, CodeAnalyzerConfig, EventType } = require("@salesforce/code-analyzer-core");
const { createEnginePlugin } = require("@salesforce/code-analyzer-pmd-engine");

const WORST_THAT_PASSES = 4; // of 1 critical to 5 info
const dir = path.resolve(process.argv[2]);
const problems = [];

const analyzer = new CodeAnalyzer(CodeAnalyzerConfig.fromObject({ log_folder: os.tmpdir() }, process.cwd()));
for (const event of [EventType.LogEvent, EventType.EngineLogEvent]) {
    // Log levels 1 and 2 are errors and warnings.
    analyzer.onEvent(event, ({ logLevel, message }) => logLevel <= 2 && problems.push(message.slice(0, 400)));
}
await analyzer.addEnginePlugin(createEnginePlugin());
const workspace = await analyzer.createWorkspace([path.join(dir, "force-app")]);
const rules = await analyzer.selectRules(["pmd:Recommended"], { workspace });
const results = await analyzer.run(rules, { workspace });
for (const violation of results.getViolations()) {
    const rule = violation.getRule();
    const at = violation.getPrimaryLocation();
    const line = `${path.relative(dir, at.getFile() ?? "")}:${at.getStartLine()}: ${rule.getName()}: ${violation.getMessage().split("\n")[0]}`;
    if (rule.getSeverityLevel() < WORST_THAT_PASSES) problems.push(line);
}
for (const problem of problems) console.log(problem.replaceAll(`${dir}${path.sep}`, ""));
console.log(`${rules.getCount()} rules, ${problems.length} problems`);
process.exit(problems.length || !rules.getCount() ? 1 : 0);
