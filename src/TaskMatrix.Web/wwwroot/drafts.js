// Keeps what is being written, some time after the last key: without this file the button in the form does the same.
(() => {
  'use strict';

  const pause = 2000;
  const again = 8000;
  const kept = new WeakMap();

  const line = form => form?.querySelector('[data-draft]') ?? null;

  const of = form => {
    if (!kept.has(form)) {
      kept.set(form, { timer: null, running: null, changed: false, left: false });
    }

    return kept.get(form);
  };

  const say = (form, text, lost) => {
    const note = line(form).querySelector('output');
    note.textContent = text;
    note.classList.toggle('lost', lost);
  };

  // Words and choices; never a file, never a password.
  const body = form => {
    const secret = new Set([...form.querySelectorAll('input[type=password]')].map(field => field.name));
    const values = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === 'string' && !secret.has(name)) {
        values.append(name, value);
      }
    }

    return values;
  };

  const save = async (form, keepalive = false) => {
    const state = of(form);
    clearTimeout(state.timer);
    if (state.left || state.running) {
      state.changed = !state.left;
      return;
    }

    state.changed = false;
    state.running = new AbortController();
    try {
      const answer = await fetch(line(form).dataset.draft, {
        method: 'POST', body: body(form), keepalive, signal: state.running.signal, headers: { 'X-Draft': 'auto', Accept: 'text/plain' },
      });
      const gone = answer.redirected || !answer.headers.get('Content-Type')?.startsWith('text/plain');
      say(form, gone ? line(form).dataset.draftLost : await answer.text(), gone || !answer.ok);
    } catch {
      if (!state.left) {
        say(form, line(form).dataset.draftFailed, true);
        state.timer = setTimeout(() => save(form), again);
      }
    } finally {
      state.running = null;
      if (state.changed) {
        soon(form);
      }
    }
  };

  const soon = form => {
    const state = of(form);
    clearTimeout(state.timer);
    state.changed = true;
    state.timer = setTimeout(() => save(form), pause);
  };

  for (const kind of ['input', 'change']) {
    document.addEventListener(kind, event => {
      const form = event.target.form;
      if (line(form) && event.target.type !== 'file' && event.target.type !== 'password') {
        soon(form);
      }
    });
  }

  document.addEventListener('click', event => {
    const button = event.target.closest('[data-draft] button');
    if (button) {
      event.preventDefault();
      save(button.form);
    }
  });

  // What is sent is done or comes back; nothing of it is to be kept behind its back.
  document.addEventListener('submit', event => {
    if (line(event.target)) {
      const state = of(event.target);
      clearTimeout(state.timer);
      state.left = true;
      state.running?.abort();
    }
  });

  window.addEventListener('pageshow', () => {
    for (const form of document.forms) {
      if (kept.has(form)) {
        kept.get(form).left = false;
      }
    }
  });

  window.addEventListener('pagehide', () => {
    for (const form of document.forms) {
      if (kept.has(form) && of(form).changed) {
        save(form, true);
      }
    }
  });
})();
