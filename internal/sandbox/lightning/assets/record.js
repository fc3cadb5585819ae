// What a tab shows: a record with its fields and related lists, the home page, or the parameters of another pop.

import { element } from './element.js';

/**
 * @typedef {{label: string, name: string, value: string, kind?: string, id?: string, object?: string}} Field
 * @typedef {{title: string, object: string, columns: string[], rows: {id: string, cells: Field[]}[]}} Related
 * @typedef {{id: string, object: string, name: string, label: string, about: object, highlights: Field[], fields: Field[],
 *     contact?: object, related: Related[]}} Record
 * @typedef {{open: (record: object) => void, dial: (number: string, record: object) => void, dialing: () => boolean}} Actions
 */

/** What click-to-dial tells of the record whose number it is. */
function whoseNumber(record) {
    return { recordId: record.id, recordName: record.name, objectType: record.object, ...record.about };
}

/** A value as it is shown: a number can be dialled while the softphone wants it, a reference opened. */
function valueOf(field, record, actions) {
    if (field.value === '') {
        return element('span', { class: 'empty' }, '—');
    }
    switch (field.kind) {
        case 'phone': {
            if (!actions.dialing()) {
                return element('span', { class: 'phone' }, field.value);
            }
            const link = element('a', { href: '#', class: 'phone', 'data-number': field.value }, field.value);
            link.addEventListener('click', (event) => {
                event.preventDefault();
                actions.dial(field.value, whoseNumber(record));
            });
            return link;
        }
        case 'reference': {
            const link = element('a', { href: '#', 'data-record': field.id }, field.value);
            link.addEventListener('click', (event) => {
                event.preventDefault();
                actions.open({ id: field.id, object: field.object, name: field.value });
            });
            return link;
        }
        case 'status':
            return element('span', { class: 'pill', 'data-status': field.value }, field.value);
        default:
            return element('span', { class: field.kind || 'text' }, field.value);
    }
}

function fieldList(fields, record, actions) {
    const list = element('dl', { class: 'fields' });
    for (const field of fields) {
        list.append(
            element(
                'div',
                { 'data-field': field.name },
                element('dt', {}, field.label),
                element('dd', {}, valueOf(field, record, actions))
            )
        );
    }
    return list;
}

function icon(object) {
    const letters = { Case: 'C', Contact: '@', TwilioCallLog__c: 'L' };
    return element('span', { class: 'icon', 'data-object': object, 'aria-hidden': 'true' }, letters[object] || '•');
}

function card(title, object, ...content) {
    return element(
        'article',
        { class: 'card', 'data-card': title },
        element('h2', {}, icon(object), title),
        ...content
    );
}

/** @param {Related} related */
function relatedCard(related, actions) {
    const title = `${related.title} (${related.rows.length})`;
    if (related.rows.length === 0) {
        return card(title, related.object, element('p', { class: 'none' }, 'Nothing here yet.'));
    }
    const head = element('tr', {}, ...related.columns.map((column) => element('th', { scope: 'col' }, column)));
    const rows = related.rows.map((row) =>
        element(
            'tr',
            { 'data-record': row.id },
            ...row.cells.map((cell) =>
                element('td', {}, valueOf(cell, { id: row.id, object: related.object }, actions))
            )
        )
    );
    return card(title, related.object, element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows)));
}

/** @param {Record} record @param {Actions} actions */
export function recordPage(record, actions) {
    const highlight = element(
        'section',
        { class: 'highlight' },
        icon(record.object),
        element(
            'div',
            { class: 'title' },
            element('small', {}, record.label || record.object),
            element('h1', {}, record.name)
        ),
        fieldList(record.highlights || [], record, actions)
    );
    const left = element(
        'div',
        { class: 'column' },
        card('Details', record.object, fieldList(record.fields, record, actions))
    );
    const right = element(
        'div',
        { class: 'column' },
        ...(record.related || []).map((related) => relatedCard(related, actions))
    );
    if (record.contact) {
        right.append(card('Contact', 'Contact', fieldList(record.contact.fields, record.contact, actions)));
    }
    return element(
        'div',
        { class: 'record', 'data-object': record.object, 'data-id': record.id || '' },
        highlight,
        element('div', { class: 'columns' }, left, right)
    );
}

export function homePage(home, actions) {
    const lists = (home.related || []).map((related) => relatedCard(related, actions));
    return element(
        'div',
        { class: 'record home' },
        element('div', { class: 'columns' }, element('div', { class: 'column' }, ...lists))
    );
}

/** A pop that is no record: a new-record form, a search, a flow. What it was asked with is all there is to see. */
export function otherPage(pop) {
    const text = element('pre', {}, JSON.stringify(pop.params, null, 2));
    return element('div', { class: 'record other', 'data-pop': pop.type }, card(`Screen pop: ${pop.type}`, '', text));
}
