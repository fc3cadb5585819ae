// Events as one text, because each crossing into the program costs more than making
// it: internal/flexbridge/wire.go reads it. An event is a line of cells, a cell a
// letter for the value's type and the value.
export const endOfEvent = '\x1e';
const endOfCell = '\x1f';
const ends = /[\x1e\x1f]/g;

/**
 * @param {import('./caselog').FlexEvent[]} events
 * @param {string[]} paths what is wanted of each event's task, such as attributes.from
 * @returns {string}
 */
export function wire(events, paths) {
  const steps = paths.map((path) => path.split('.'));
  return events.map((event) => {
    const cells = [cell(event.number), cell(event.kind), cell(event.at), cell(event.text)];
    if (event.task) for (const path of steps) cells.push(cell(at(event.task, path)));
    return cells.join(endOfCell);
  }).join(endOfEvent);
}

/** What a value has at a path; nothing where it ends early. */
function at(value, path) {
  for (const name of path) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return value;
}

function cell(value) {
  switch (typeof value) {
    case 'string':
      return `s${value.replace(ends, ' ')}`;
    case 'number':
      return Number.isFinite(value) ? `n${value}` : '';
    case 'boolean':
      return value ? 'b1' : 'b0';
    case 'object':
      return value === null ? '' : 'o';
    default:
      return '';
  }
}
