// Conveniences only: every page and every form works without this file.
(() => {
  'use strict';

  // A form that does something once cannot be sent a second time by an impatient click.
  document.addEventListener('submit', event => {
    const form = event.target;
    if (!form.hasAttribute('data-once')) {
      return;
    }

    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }

    form.dataset.sent = 'yes';
    form.setAttribute('aria-busy', 'true');
  });

  // Coming back by the browser's history shows the form as it was, ready again.
  window.addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll('form[data-sent]')) {
      delete form.dataset.sent;
      form.removeAttribute('aria-busy');
    }
  });

  const offerAll = root => {
    for (const button of root.querySelectorAll('[data-pick-all]')) {
      button.hidden = false;
    }
  };

  document.addEventListener('click', event => {
    const button = event.target.closest('[data-pick-all]');
    if (button) {
      const boxes = [...document.querySelectorAll(`input[type=checkbox][form="${button.dataset.pickAll}"]`)];
      const all = boxes.every(box => box.checked);
      boxes.forEach(box => { box.checked = !all; });
    }
  });

  // A session that ended meanwhile answers with the login page: show it whole.
  document.addEventListener('htmx:before:swap', event => {
    const answered = event.detail?.ctx?.response?.raw?.url;
    if (answered && new URL(answered).pathname === '/login') {
      event.preventDefault();
      location.reload();
    }
  });

  // A list that is being fetched anew says so.
  document.addEventListener('htmx:before:request', event => {
    const target = event.detail?.ctx?.target;
    (typeof target === 'string' ? document.querySelector(target) : target)?.setAttribute?.('aria-busy', 'true');
  });
  document.addEventListener('htmx:finally:request', () => {
    for (const part of document.querySelectorAll('[aria-busy=true]:not(form)')) {
      part.removeAttribute('aria-busy');
    }
  });

  document.addEventListener('htmx:after:swap', () => offerAll(document));
  document.addEventListener('live:after', () => offerAll(document));
  offerAll(document);
  document.querySelector('.refusal')?.focus();
})();
