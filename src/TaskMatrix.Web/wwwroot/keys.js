// Deciding from a list with single keys. Everything they do has a button, a box or a link in its row.
(() => {
  'use strict';

  const legend = document.querySelector('[data-keys]');
  if (!legend) {
    return;
  }

  const off = 'keys-off';
  const rows = () => [...document.querySelectorAll('.tasks tbody tr')].filter(row => row.querySelector('a[href^="/tasks/"]'));
  const link = row => row.querySelector('.title-cell a');
  let current = null;
  let place = -1;

  const at = () => rows().indexOf(current?.isConnected ? current : document.activeElement?.closest('.tasks tbody tr'));

  const go = step => {
    const all = rows();
    const from = at() < 0 && place >= 0 ? place - Math.max(step, 0) : at();
    const next = Math.min(Math.max(from + step, 0), all.length - 1);
    if (all[next]) {
      current?.classList.remove('current');
      [current, place] = [all[next], next];
      current.classList.add('current');
      link(current).focus();
    }
  };

  // The list followed what happened: a row that is still there is still the one. Where it went, moving goes on from its
  // place, and until then no key decides anything: nobody has looked at the row that came there.
  const follow = () => {
    const all = rows();
    legend.hidden = all.length === 0;
    if (current?.isConnected) {
      place = all.indexOf(current);
    } else {
      current = null;
    }
  };

  document.addEventListener('live:after', follow);
  document.addEventListener('htmx:after:swap', follow);

  const acts = {
    j: () => go(1),
    k: () => go(-1),
    a: row => row?.querySelector('.quick button[name=one]')?.click(),
    x: row => row?.querySelector('.pick input')?.click(),
    r: row => {
      const reply = row?.querySelector('.row-reply');
      if (reply) {
        reply.open = true;
        reply.querySelector('textarea').focus();
      }
    },
  };

  const typing = field => field instanceof Element && field.matches('input:not([type=checkbox]), textarea, select, [contenteditable]');

  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target) || localStorage.getItem(off)) {
      return;
    }

    const act = acts[event.key];
    if (act) {
      event.preventDefault();
      act(rows()[at()]);
    }
  });

  const show = () => legend.querySelector('[data-keys-switch]').setAttribute('aria-pressed', localStorage.getItem(off) ? 'false' : 'true');

  follow();
  show();
  legend.querySelector('[data-keys-switch]').addEventListener('click', () => {
    if (localStorage.getItem(off)) {
      localStorage.removeItem(off);
    } else {
      localStorage.setItem(off, 'yes');
    }

    show();
  });
})();
