// Reads an SFDX project's metadata: every *-meta.xml as a document, and what it declares by name.
import fs from "node:fs";
import path from "node:path";
import { XMLParser, XMLValidator } from "fast-xml-parser";

const parser = new XMLParser({ ignoreAttributes: false, parseTagValue: false });

// A tag that may be repeated, as a list.
export const list = (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

// text is what stands in a tag, whether or not it has attributes.
export const text = (value) => (value !== null && typeof value === "object" ? value["#text"] : value);

function* filesBelow(dir) {
    for (const entry of fs.readdirSync(dir, { withFileTypes: true })) {
        const file = path.join(dir, entry.name);
        if (entry.isDirectory()) yield* filesBelow(file);
        else yield file;
    }
}

// Project is what lies below force-app. Its problems are those of reading it.
export class Project {
    documents = [];
    problems = [];
    objects = new Map(); // of the project itself, by name: their own fields by name
    classes = new Set();

    constructor(dir) {
        this.dir = dir;
        for (const file of filesBelow(path.join(dir, "force-app"))) this.#read(file);
    }

    problem(file, message) {
        this.problems.push(`${path.relative(this.dir, file)}: ${message}`);
    }

    ofType(type) {
        return this.documents.filter((document) => document.type === type);
    }

    // name is the full name of a document: its file's name without the ending.
    static nameOf(file) {
        return path.basename(file).replace(/\.[^.]+-meta\.xml$/, "");
    }

    #read(file) {
        if (/\.(cls|trigger)$/.test(file)) {
            this.classes.add(path.basename(file, path.extname(file)));
            if (!fs.existsSync(`${file}-meta.xml`)) this.problem(file, "its -meta.xml is missing");
        }
        if (!file.endsWith("-meta.xml")) return;
        const xml = fs.readFileSync(file, "utf8");
        const valid = XMLValidator.validate(xml);
        if (valid !== true) return this.problem(file, `line ${valid.err.line}: ${valid.err.msg}`);
        const parsed = parser.parse(xml);
        const type = Object.keys(parsed).find((key) => key !== "?xml");
        const document = { file, type, name: Project.nameOf(file), body: parsed[type] ?? {} };
        this.documents.push(document);
        const owner = path.basename(path.dirname(path.dirname(file)));
        if (type === "CustomObject") this.#fieldsOf(document.name);
        if (type === "CustomField") this.#fieldsOf(owner).set(document.body.fullName, document.body);
        if (/^(CustomField|ListView|CompactLayout)$/.test(type)) {
            document.object = owner;
            if (document.body.fullName !== document.name) this.problem(file, `fullName is not ${document.name}`);
        }
    }

    #fieldsOf(object) {
        if (!this.objects.has(object)) this.objects.set(object, new Map());
        return this.objects.get(object);
    }

    // field returns the project's own field, or undefined.
    field(object, name) {
        return this.objects.get(object)?.get(name);
    }
}
