// Lists and figures follow what happens, without flicker and without losing a place: pages work without this file.
(() => {
  'use strict';

  const regions = () => [...document.querySelectorAll('[data-live][id]')];
  const inbox = document.querySelector('[data-unread]');
  if ((regions().length === 0 && !inbox) || !('EventSource' in window)) {
    return;
  }

  const settle = 1200;
  let line = null;
  let waiting = null;
  let missed = false;

  const changed = field => field.type === 'checkbox' || field.type === 'radio'
    ? field.checked !== field.defaultChecked
    : field.type !== 'hidden' && 'defaultValue' in field && field.value !== field.defaultValue;

  // Whoever is choosing or writing in a region keeps it as it is until he is done.
  const busy = region => (region.contains(document.activeElement) && document.activeElement.matches('input, select, textarea, button, summary'))
    || region.querySelector('details.row-reply[open]') !== null
    || [...region.querySelectorAll('input, textarea')].some(changed);

  const scrolled = region => [region, ...region.querySelectorAll('.scroll, .matrix-frame, .sections, .diagram')];

  const replace = (region, fresh) => {
    const places = scrolled(region).map(part => [part.scrollLeft, part.scrollTop]);
    const link = region.contains(document.activeElement) ? document.activeElement.getAttribute('href') : null;
    region.replaceChildren(...fresh.childNodes);
    scrolled(region).forEach((part, index) => {
      [part.scrollLeft, part.scrollTop] = places[index] ?? [0, 0];
    });
    if (link) {
      [...region.querySelectorAll('a')].find(other => other.getAttribute('href') === link)?.focus({ preventScroll: true });
    }
  };

  // The count of unread messages alone: a page with nothing else that lives is not fetched for it.
  const count = async () => {
    const answer = await fetch(inbox.dataset.unread, { headers: { Accept: 'application/json' } }).catch(() => null);
    if (answer?.ok && !answer.redirected) {
      const { unread, label } = await answer.json();
      const shown = inbox.querySelector('span');
      inbox.setAttribute('aria-label', label);
      shown.className = unread > 0 ? 'inbox-count' : 'visually-hidden';
      shown.textContent = unread >= 100 ? '99+' : unread;
    }
  };

  const refresh = async () => {
    waiting = null;
    if (inbox) {
      count();
    }

    if (regions().length === 0) {
      return;
    }

    const answer = await fetch(location.href, { headers: { Accept: 'text/html' } }).catch(() => null);
    if (answer?.redirected && new URL(answer.url).pathname === '/login') {
      location.reload();
      return;
    }

    if (!answer?.ok) {
      return;
    }

    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const region of regions()) {
      const fresh = page.getElementById(region.id);
      if (fresh && !busy(region)) {
        replace(region, fresh);
      }
    }

    document.dispatchEvent(new CustomEvent('live:after'));
  };

  const soon = () => {
    waiting ??= setTimeout(refresh, settle);
  };

  const open = () => {
    line = new EventSource('/stream');
    line.addEventListener('counts', soon);
    line.addEventListener('error', () => { missed = true; });
    line.addEventListener('beat', () => {
      if (missed) {
        missed = false;
        soon();
      }
    });
  };

  // A tab nobody looks at keeps no line open and catches up when it is looked at again.
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      line?.close();
      line = null;
      missed = true;
    } else if (!line) {
      open();
    }
  });

  if (!document.hidden) {
    open();
  }
})();
