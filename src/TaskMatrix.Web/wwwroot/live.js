// Parts of a page follow what happens: each names in data-live what it shows, and the page is asked for again only when that changed. Pages work without this file.
(() => {
  'use strict';

  const regions = () => [...document.querySelectorAll('[data-live][id]')];
  const follows = topic => regions().some(region => topic === 'all' || region.dataset.live.split(' ').includes(topic));
  const inbox = document.querySelector('[data-unread]');
  if ((regions().length === 0 && !inbox) || !('EventSource' in window)) {
    return;
  }

  // Milliseconds from the first of several events to the one refresh for all of them; longer where a page is dear.
  const settle = 1200;
  const share = 4;
  let line = null;
  let missed = false;
  let took = 0;
  let waiting = null;
  let running = false;
  let again = false;

  // The count of unread messages alone: a page with nothing that changed is not fetched for it.
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

  const fetchPage = async () => {
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
      if (fresh) {
        window.renew(region, fresh);
      }
    }

    document.dispatchEvent(new CustomEvent('live:after'));
  };

  const refresh = async () => {
    const [began, wanted] = [performance.now(), again];
    [waiting, running, again] = [null, true, false];
    await Promise.all([inbox ? count() : null, wanted ? fetchPage() : null]);
    running = false;
    took = performance.now() - began;
    if (again) {
      soon(true);
    }
  };

  // While one refresh is on its way, all that happens waits for the next one.
  const soon = page => {
    again ||= page;
    if (!running) {
      waiting ??= setTimeout(refresh, Math.max(settle, share * took));
    }
  };

  const told = event => {
    if (JSON.parse(event.data).about?.some(follows)) {
      soon(true);
    }
  };

  const open = () => {
    // What happened between the making of the page and the opening of the line is told first.
    line = new EventSource(`/stream?since=${document.body.dataset.record}${follows('jobs') ? '&jobs=true' : ''}`);
    line.addEventListener('task', told);
    line.addEventListener('inspection', told);
    line.addEventListener('jobs', () => soon(follows('jobs')));
    line.addEventListener('counts', event => {
      soon(false);
      told(event);
    });
    line.addEventListener('error', () => { missed = true; });
    line.addEventListener('beat', () => {
      if (missed) {
        missed = false;
        soon(regions().length > 0);
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
