// Makes a part of the page what the server says now, by changing only what differs: whoever reads, chooses or writes in it stays where he is.
(() => {
  'use strict';

  const written = 'input:not([type=hidden]), select, textarea';

  const chosen = field => field.type === 'checkbox' || field.type === 'radio';

  const changed = field => {
    if (field instanceof HTMLSelectElement) {
      return field.selectedIndex !== Math.max(0, [...field.options].findIndex(option => option.defaultSelected));
    }

    return chosen(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
  };

  const focused = field => field === document.activeElement && !chosen(field);

  // A form that is being filled in, was refused or is on its way stays as it is: also its version, so that a conflict is told.
  const busy = form => form.hasAttribute('data-sent') || form.querySelector('.refusal') !== null
    || [...form.querySelectorAll(written)].some(field => focused(field) || changed(field));

  const holds = node => node instanceof Element && (node.matches('form') ? busy(node) : [...node.querySelectorAll('form')].some(busy));

  // What has an address or a name keeps its element wherever it moves to, with all that people did in it.
  const nameOf = node => {
    if (!(node instanceof Element)) {
      return null;
    }

    const action = node.matches('form') ? node.getAttribute('action') : node.matches('details, .leading') ? node.querySelector('form')?.getAttribute('action') : null;
    const link = node.matches('tr, li') ? node.querySelector('a[href]')?.getAttribute('href') : null;
    const name = node.id || action || link || (node.matches('details') ? node.querySelector('summary')?.textContent : null);
    return name ? `${node.localName} ${name}` : null;
  };

  const alike = (one, other) => one.nodeName === other.nodeName && one.classList?.[0] === other.classList?.[0] && !nameOf(one);

  // What people and scripts set, and no server: whether something is open, in which row the keys stand, what is drawn.
  const own = ['open', 'aria-busy', 'data-sent'];

  const attributes = (old, fresh) => {
    const current = old.classList.contains('current');
    for (const { name } of [...old.attributes]) {
      if (!fresh.hasAttribute(name) && !own.includes(name)) {
        old.removeAttribute(name);
      }
    }

    for (const { name, value } of fresh.attributes) {
      if (old.getAttribute(name) !== value && !own.includes(name)) {
        old.setAttribute(name, value);
      }
    }

    if (current) {
      old.classList.add('current');
    }
  };

  // A field nobody touched shows what it begins with now; a box stays as it was chosen.
  const field = (old, fresh) => {
    const kept = changed(old) || focused(old);
    attributes(old, fresh);
    if (old instanceof HTMLTextAreaElement) {
      old.defaultValue = fresh.defaultValue;
    }

    if (!kept && chosen(old)) {
      old.checked = old.defaultChecked;
    } else if (!kept) {
      old.value = old.defaultValue;
    }
  };

  const merge = (old, fresh) => {
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.data !== fresh.data) {
        old.data = fresh.data;
      }
    } else if (old.isEqualNode(fresh)) {
      return;
    } else if (old.matches('[data-plot]')) {
      old.dataset.plot = fresh.dataset.plot ?? '';
    } else if (old.matches('input, textarea')) {
      field(old, fresh);
    } else if (old.matches('select')) {
      if (!focused(old) && !changed(old) && !old.isEqualNode(fresh)) {
        old.replaceWith(document.importNode(fresh, true));
      }
    } else if (!old.matches('form') || !busy(old)) {
      attributes(old, fresh);
      children(old, fresh);
    }
  };

  const drop = node => {
    if (holds(node)) {
      return false;
    }

    node.remove();
    return true;
  };

  const children = (old, fresh) => {
    const wanted = [...fresh.childNodes];
    const names = new Set(wanted.map(nameOf));
    const known = new Map();
    const held = new Set();
    for (const child of [...old.childNodes]) {
      const name = nameOf(child);
      if (name && names.has(name) && !known.has(name)) {
        known.set(name, child);
      } else if (name && !drop(child)) {
        held.add(child);
      }
    }

    let at = old.firstChild;
    const pass = () => {
      while (held.has(at)) {
        at = at.nextSibling;
      }
    };

    // The next one of its kind, before anything that has a name; blanks only where they stand.
    const ahead = next => {
      let node = at;
      while (node instanceof Element && next instanceof Element && !nameOf(node) && !alike(node, next)) {
        do {
          node = node.nextSibling;
        } while (node && !(node instanceof Element));
      }

      return node && !nameOf(node) && alike(node, next) ? node : null;
    };

    for (const next of wanted) {
      pass();
      const name = nameOf(next);
      const same = name ? known.get(name) : ahead(next);
      while (same && at && at !== same && !nameOf(at)) {
        const gone = at;
        at = at.nextSibling;
        drop(gone);
      }

      pass();
      if (!same) {
        old.insertBefore(document.importNode(next, true), at);
        continue;
      }

      if (same === at) {
        at = at.nextSibling;
      } else {
        old.insertBefore(same, at);
      }

      merge(same, next);
    }

    while (at) {
      const gone = at;
      at = at.nextSibling;
      drop(gone);
    }
  };

  // What is moved loses the focus, and only then it is given back.
  window.renew = (region, fresh) => {
    const [here, from, to] = [document.activeElement, document.activeElement?.selectionStart, document.activeElement?.selectionEnd];
    attributes(region, fresh);
    children(region, fresh);
    if (here !== document.activeElement && here?.isConnected && region.contains(here)) {
      here.focus({ preventScroll: true });
      if (typeof from === 'number') {
        here.setSelectionRange(from, to);
      }
    }
  };
})();
