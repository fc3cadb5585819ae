// Holds each document to the schema of the Metadata API: known tags, required tags, scalar types, known values.
import { createRequire } from "node:module";
import { list, text } from "./project.mjs";

const { ApiSchemas } = createRequire(import.meta.url)("@jsforce/jsforce-node/lib/api/metadata/schema.js");

// Tags that are newer than the schema.
const NEWER = {
    Flow: { apiVersion: "?number", environments: "?string" },
    FlowRecordUpdate: { filterLogic: "?string" },
    FlowStart: { filterFormula: "?string", filterLogic: "?string", recordTriggerType: "?string" }
};

const VALUES = {
    ApexClass: { status: "Active Deleted" },
    CustomField: {
        type:
            "AutoNumber Lookup MasterDetail Checkbox Currency Date DateTime Email EncryptedText Number Percent Phone " +
            "Picklist MultiselectPicklist Summary Text TextArea LongTextArea Url Hierarchy Html Location Time",
        deleteConstraint: "Cascade Restrict SetNull",
        fieldManageability: "DeveloperControlled SubscriberControlled Locked",
        summaryOperation: "count min max sum"
    },
    CustomObject: {
        deploymentStatus: "InDevelopment Deployed",
        sharingModel: "Private Read ReadWrite ReadWriteTransfer FullAccess ControlledByParent",
        visibility: "Public PackageProtected Protected"
    },
    Flow: { status: "Active Draft Obsolete InvalidDraft", processType: "AutoLaunchedFlow Flow" },
    FlowStart: {
        recordTriggerType: "Create Update CreateAndUpdate Delete",
        triggerType: "RecordAfterSave RecordBeforeSave"
    },
    FilterItem: { operation: "equals notEqual lessThan greaterThan lessOrEqual greaterOrEqual contains startsWith" },
    LayoutItem: { behavior: "Edit Required Readonly" },
    ListView: { filterScope: "Everything Mine Queue" },
    PermissionSetTabSetting: { visibility: "Available None Visible" },
    Report: { format: "Matrix MultiBlock Summary Tabular" },
    ReportGrouping: { dateGranularity: "None Day Week Month Quarter Year", sortOrder: "Asc Desc" }
};

// Types of a field and the tags that one of it must have.
const NEEDED = {
    Text: ["length"],
    LongTextArea: ["length", "visibleLines"],
    Number: ["precision", "scale"],
    Percent: ["precision", "scale"],
    Currency: ["precision", "scale"],
    Checkbox: ["defaultValue"],
    Picklist: ["valueSet"],
    Lookup: ["referenceTo", "relationshipName"],
    MasterDetail: ["referenceTo", "relationshipName", "relationshipOrder"],
    Summary: ["summaryForeignKey", "summaryOperation"]
};

function propertiesOf(type) {
    const schema = ApiSchemas[type];
    if (!schema) return undefined;
    return { ...(schema.extends ? propertiesOf(schema.extends) : {}), ...schema.props, ...NEWER[type] };
}

// checkSchema adds to the project's problems what the Metadata API would refuse for its form.
export function checkSchema(project) {
    for (const { file, type, body } of project.documents) {
        check((message) => project.problem(file, message), type, body, type);
        if (type !== "CustomField") continue;
        for (const tag of NEEDED[body.type] ?? []) {
            if (body[tag] === undefined) project.problem(file, `a field of type ${body.type} needs <${tag}>`);
        }
    }
}

function check(problem, type, node, at) {
    const properties = propertiesOf(type);
    if (!properties) return problem(`unknown metadata type ${type}`);
    for (const [tag, value] of Object.entries(node ?? {})) {
        if (tag.startsWith("@_") || tag === "#text") continue;
        const property = properties[tag];
        if (property === undefined) {
            problem(`${at}: unknown tag <${tag}> in ${type}`);
            continue;
        }
        const many = Array.isArray(property);
        if (!many && list(value).length > 1) problem(`${at}/${tag}: repeated`);
        for (const one of list(value))
            checkValue(problem, type, tag, String(many ? property[0] : property), one, `${at}/${tag}`);
    }
    for (const [tag, property] of Object.entries(properties)) {
        const required = !Array.isArray(property) && !String(property).startsWith("?") && tag !== "fullName";
        if (required && node?.[tag] === undefined) problem(`${at}: <${tag}> is missing`);
    }
}

function checkValue(problem, type, tag, property, value, at) {
    const kind = property.replace(/^\?/, "");
    const known = VALUES[type]?.[tag];
    if (kind === "boolean" && !/^(true|false)$/.test(text(value))) problem(`${at}: not a boolean: ${text(value)}`);
    else if (kind === "number" && !/^-?\d+(\.\d+)?$/.test(text(value))) problem(`${at}: not a number: ${text(value)}`);
    else if (known && !known.split(" ").includes(text(value))) problem(`${at}: not one of ${known}: ${text(value)}`);
    else if (ApiSchemas[kind]) check(problem, kind, value, at);
}
