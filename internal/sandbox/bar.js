// The sandbox's own bar on the console page: it plays the customers. Not Lightning's, so not among its assets.
(() => {
  'use strict';
  const bar = document.createElement('section');
  bar.setAttribute('aria-label', 'Sandbox');
  bar.style.cssText = 'position:fixed;bottom:3px;left:200px;z-index:99999;display:flex;gap:8px;align-items:center;' +
    'padding:3px 10px;border-radius:8px;background:#16325c;color:#fff;font:13px/1.4 system-ui,sans-serif;box-shadow:0 2px 8px #0004';
  const said = document.createElement('output');
  said.style.cssText = 'max-width:320px;white-space:nowrap;overflow:hidden;text-overflow:ellipsis;opacity:.85';
  const title = document.createElement('strong');
  title.textContent = 'Sandbox';
  bar.append(title);
  for (const [label, path] of [['Ring a call', 'call'], ['Chat', 'chat'], ['Customer hangs up', 'hangup']]) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = label;
    button.style.cssText = 'padding:3px 10px;border:1px solid #fff8;border-radius:5px;background:#fff;color:#16325c;font:inherit;cursor:pointer';
    button.addEventListener('click', async () => {
      try {
        said.textContent = await (await fetch('/customers/' + path, { method: 'POST' })).text();
      } catch {
        said.textContent = 'The sandbox has ended.';
      }
    });
    bar.append(button);
  }
  bar.append(said);
  document.body.append(bar);
})();
