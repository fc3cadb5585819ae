// Follows every name in the metadata to what it names.
import { list, text } from "./project.mjs";

const API_VERSION = "67.0";

// Standard fields that the metadata names. One more is added here once it is known to exist.
const STANDARD = {
    Account: "Id Name Phone",
    Case: "Id CaseNumber Subject Status Origin Priority Owner AccountId ContactId Contact Description CreatedDate",
    Contact: "Id Phone MobilePhone HomePhone AccountId",
    Lead: "Id Phone MobilePhone",
    Task: "ActivityDate Description WhatId WhoId",
    TwilioCallLog__c: "Id Name CreatedBy CreatedById LastModifiedById NAME CREATEDBY_USER",
    TwilioCaseSetting__mdt: "DeveloperName MasterLabel NamespacePrefix IsProtected"
};

// User permissions that the metadata grants, and objects that have these instead of permissions of their own.
const USER_PERMISSIONS = "EditTask RunReports";
const WITHOUT_PERMISSIONS = "Task";

// checkReferences adds to the project's problems every name of something that is not there.
export function checkReferences(project) {
    const checks = {
        ApexClass: apexClass,
        CompactLayout: compactLayout,
        CustomField: customField,
        CustomMetadata: customMetadata,
        CustomObject: customObject,
        CustomTab: customTab,
        Flow: flow,
        Layout: layout,
        ListView: listView,
        PermissionSet: permissionSet,
        Report: report,
        ReportType: reportType
    };
    for (const document of project.documents) {
        checks[document.type]?.(project, document, (message) => project.problem(document.file, message));
    }
}

const hasObject = (project, object) => project.objects.has(object) || object in STANDARD;

function hasField(project, object, field) {
    return project.field(object, field) !== undefined || (STANDARD[object] ?? "").split(" ").includes(field);
}

function needField(project, problem, object, field) {
    if (!hasField(project, object, field)) problem(`no field ${object}.${field}`);
}

function needPath(project, problem, path) {
    const [object, field] = String(path).split(".");
    needField(project, problem, object, field);
}

function needValue(project, problem, object, name, value) {
    const picklist = project.field(object, name)?.valueSet?.valueSetDefinition;
    if (picklist && !list(picklist.value).some((one) => one.fullName === value)) {
        problem(`${object}.${name} has no value ${value}`);
    }
}

function apexClass(project, { name, body }, problem) {
    if (!project.classes.has(name)) problem(`no class ${name}`);
    if (body.apiVersion !== API_VERSION) problem(`apiVersion is not ${API_VERSION}`);
}

function compactLayout(project, { object, body }, problem) {
    for (const field of list(body.fields)) needField(project, problem, object, field);
}

function listView(project, { object, body }, problem) {
    for (const column of list(body.columns)) needField(project, problem, object, column);
    for (const filter of list(body.filters)) {
        needField(project, problem, object, filter.field);
        needValue(project, problem, object, filter.field, filter.value);
    }
}

function customField(project, { object, body }, problem) {
    if (body.referenceTo && !hasObject(project, body.referenceTo)) problem(`no object ${body.referenceTo}`);
    if (body.type !== "Summary") return;
    needPath(project, problem, body.summaryForeignKey);
    const [detail, key] = body.summaryForeignKey.split(".");
    const master = project.field(detail, key);
    if (master?.type !== "MasterDetail" || master.referenceTo !== object)
        problem(`${body.summaryForeignKey} is no master-detail field to ${object}`);
    if (body.summarizedField) needPath(project, problem, body.summarizedField);
    for (const filter of list(body.summaryFilterItems)) {
        needPath(project, problem, filter.field);
        needValue(project, problem, ...filter.field.split("."), filter.value);
    }
}

const XSD = { Checkbox: "xsd:boolean", Number: "xsd:double" };

function customMetadata(project, { name, body }, problem) {
    const type = `${name.split(".")[0]}__mdt`;
    if (!project.objects.has(type)) return problem(`no custom metadata type ${type}`);
    for (const { field, value } of list(body.values)) {
        needField(project, problem, type, field);
        const declared = project.field(type, field);
        const given = value?.["@_xsi:type"];
        const wanted = XSD[declared?.type] ?? "xsd:string";
        if (given && given !== wanted) problem(`${field} is ${given}, not ${wanted}`);
        if (declared?.length && String(text(value) ?? "").length > Number(declared.length))
            problem(`${field} is too long`);
    }
}

function customObject(project, { name, body }, problem) {
    const wanted = body.compactLayoutAssignment;
    if (wanted && !project.ofType("CompactLayout").some((one) => one.object === name && one.name === wanted)) {
        problem(`no compact layout ${wanted}`);
    }
}

function customTab(project, { name, body }, problem) {
    if (body.customObject === "true" && !project.objects.has(name)) problem(`no object ${name}`);
}

function layout(project, { name, body }, problem) {
    const object = decodeURIComponent(name).split("-")[0];
    if (!project.objects.has(object)) return problem(`no object ${object}`);
    for (const section of list(body.layoutSections)) {
        for (const column of list(section.layoutColumns)) {
            for (const item of list(column.layoutItems)) needField(project, problem, object, item.field);
        }
    }
}

function flow(project, { body }, problem) {
    if (body.apiVersion !== API_VERSION) problem(`apiVersion is not ${API_VERSION}`);
    const nodes = ["recordUpdates", "recordLookups", "recordCreates", "decisions", "assignments"].flatMap((tag) =>
        list(body[tag])
    );
    const names = new Set(nodes.map((node) => node.name));
    const { object, connector } = body.start ?? {};
    for (const target of [connector, ...nodes.map((node) => node.connector)]) {
        if (target && !names.has(target.targetReference)) problem(`no element ${target.targetReference}`);
    }
    for (const node of [body.start ?? {}, ...nodes]) {
        if (node.object && !hasObject(project, node.object)) problem(`no object ${node.object}`);
        for (const part of [...list(node.filters), ...list(node.inputAssignments)]) {
            needField(project, problem, node.object, part.field);
            if (part.value?.stringValue) needValue(project, problem, node.object, part.field, part.value.stringValue);
            const reference = /^\$Record\.(\w+)$/.exec(part.value?.elementReference ?? "");
            if (reference) needField(project, problem, object, reference[1]);
        }
    }
}

function permissionSet(project, { body }, problem) {
    const granted = new Set();
    for (const { apexClass: name } of list(body.classAccesses))
        if (!project.classes.has(name)) problem(`no class ${name}`);
    for (const { name } of list(body.userPermissions)) {
        if (!USER_PERMISSIONS.split(" ").includes(name)) problem(`no user permission ${name}`);
    }
    for (const { tab } of list(body.tabSettings)) {
        if (!project.ofType("CustomTab").some((one) => one.name === tab)) problem(`no tab ${tab}`);
    }
    for (const access of list(body.objectPermissions)) {
        if (!hasObject(project, access.object)) problem(`no object ${access.object}`);
        if (WITHOUT_PERMISSIONS.split(" ").includes(access.object))
            problem(`${access.object} has no object permissions`);
        if (granted.has(access.object)) problem(`${access.object} is granted twice`);
        granted.add(access.object);
        const dependsOnRead = [access.allowCreate, access.allowEdit, access.allowDelete].includes("true");
        if (dependsOnRead && access.allowRead !== "true") problem(`${access.object} may be written but not read`);
        if (access.allowDelete === "true" && access.allowEdit !== "true")
            problem(`${access.object} may be deleted but not edited`);
    }
    for (const { field, readable, editable } of list(body.fieldPermissions)) {
        needPath(project, problem, field);
        if (granted.has(field)) problem(`${field} is granted twice`);
        granted.add(field);
        const declared = project.field(...field.split("."));
        if (declared?.required === "true" || declared?.type === "MasterDetail")
            problem(`permission on a required field: ${field}`);
        if (editable === "true" && readable !== "true") problem(`${field} may be edited but not read`);
        if (editable === "true" && declared?.type === "Summary") problem(`nobody edits a roll-up summary: ${field}`);
    }
}

// Case.TwilioCallLogs__r: the object at the end of a path of child relationships.
function objectAt(project, path) {
    const [object, ...children] = path.split(".");
    return children.reduce((parent, child) => {
        for (const [name, fields] of project.objects) {
            for (const field of fields.values()) {
                if (field.referenceTo === parent && `${field.relationshipName}__r` === child) return name;
            }
        }
        return undefined;
    }, object);
}

function reportType(project, { body }, problem) {
    if (!hasObject(project, body.baseObject)) problem(`no object ${body.baseObject}`);
    if (body.join && !objectAt(project, `${body.baseObject}.${body.join.relationship}`))
        problem(`no relationship ${body.join.relationship}`);
    for (const section of list(body.sections)) {
        for (const { field, table } of list(section.columns))
            needField(project, problem, objectAt(project, table), field);
    }
}

function report(project, { body }, problem) {
    const type = String(body.reportType).replace(/__c$/, "");
    const found = project.ofType("ReportType").find((one) => one.name === type);
    if (!found) return problem(`no report type ${type}`);
    const columns = new Set(
        list(found.body.sections)
            .flatMap((one) => list(one.columns))
            .map((one) => `${one.table}$${one.field}`)
    );
    const used = [
        ...["columns", "groupingsAcross", "groupingsDown"].flatMap((tag) => list(body[tag])).map((one) => one.field),
        ...list(body.timeFrameFilter).map((one) => one.dateColumn),
        ...list(body.filter?.criteriaItems).map((one) => one.column)
    ];
    for (const column of used) if (!columns.has(column)) problem(`the report type has no column ${column}`);
}
