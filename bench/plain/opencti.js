// Open CTI with promises and deadlines.

const version = '62.0';
const patience = 15_000;
const lookTime = 1000;

/** Loads the library and proves it alive. */
export async function openCti(origin) {
  if (!window.sforce?.opencti) {
    await new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = `${origin}/support/api/${version}/lightning/opencti_min.js`;
      script.onload = resolve;
      script.onerror = () => reject(new Error('Open CTI could not be loaded'));
      document.head.appendChild(script);
    });
  }
  const api = window.sforce.opencti;
  await call(api, 'getAppViewInfo', {});
  return {
    async runApex(apexClass, methodName, params) {
      const methodParams = params.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
      const answer = await call(api, 'runApex', { apexClass, methodName, methodParams });
      return recordId(answer?.runApex);
    },
    async saveLog(value) {
      const answer = await call(api, 'saveLog', { value });
      return answer?.recordId ?? answer;
    },
    screenPop: (type, params) => call(api, 'screenPop', { type, params }),
    /** Whether the page shows this record, as far as it says. */
    shows: (id) => call(api, 'getAppViewInfo', {}, lookTime).then((view) => view?.recordId?.slice(0, 15) === id.slice(0, 15), () => false),
    refreshView: () => call(api, 'refreshView', {}),
  };
}

function recordId(value) {
  const parsed = typeof value === 'string' && value.startsWith('{') ? JSON.parse(value) : value;
  const id = parsed?.Id ?? parsed?.id ?? parsed;
  if (typeof id !== 'string') throw new Error('the answer names no record');
  return id;
}

function call(api, method, args, longest = patience) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${method}: no answer`)), longest);
    args.callback = (answer) => {
      clearTimeout(timer);
      if (answer?.success) resolve(answer.returnValue);
      else reject(new Error(`${method}: ${answer?.errors?.map((e) => e.code || e.description).join(', ') || 'refused'}`));
    };
    api[method](args);
  });
}
