// Makes a part of the page what the server says now by changing only what differs (Idiomorph): whoever reads, chooses or writes in it stays where he is.
(() => {
  'use strict';

  const fields = 'input:not([type=hidden]), select, textarea';

  const chosen = field => field.type === 'checkbox' || field.type === 'radio';

  const changed = field => {
    if (field instanceof HTMLSelectElement) {
      return field.selectedIndex !== Math.max(0, [...field.options].findIndex(option => option.defaultSelected));
    }

    return chosen(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
  };

  const touched = field => changed(field) || (field === document.activeElement && !chosen(field));

  // A form that is being filled in, was refused or is on its way stays as it is: also its version, so that a conflict is told.
  const busy = form => form.hasAttribute('data-sent') || form.querySelector('.refusal') !== null || [...form.querySelectorAll(fields)].some(touched);

  const holds = node => node instanceof Element && [node, ...node.querySelectorAll('form')].some(part => part.matches('form') && busy(part));

  const addressOf = part => part.matches('tr, li')
    ? part.querySelector('a[href]')?.getAttribute('href')
    : part.getAttribute('action') ?? part.querySelector('form')?.getAttribute('action') ?? part.querySelector('summary')?.textContent;

  // Rows, forms and what folds are known again by their address, so that nothing done in one slides into another.
  const name = region => {
    const names = new Set();
    for (const part of region.querySelectorAll('tr, li, form, details')) {
      const own = part.hasAttribute('data-named') ? null : part.getAttribute('id');
      const address = own ? null : addressOf(part);
      const named = address ? `${part.localName} ${address}` : null;
      if (named && !names.has(named)) {
        names.add(named);
        part.setAttribute('id', named);
        part.dataset.named = '';
      } else if (!own) {
        part.removeAttribute('id');
        delete part.dataset.named;
      }
    }
  };

  const morphs = (old, fresh) => {
    if (!(old instanceof Element)) {
      return true;
    }

    if (old.matches('[data-plot]')) {
      old.dataset.plot = fresh.dataset.plot ?? '';
      return false;
    }

    return old.matches('form') ? !busy(old) : !old.matches(fields) || !touched(old);
  };

  // What people and scripts set, and no server: whether something is open, or on its way.
  const own = ['open', 'aria-busy', 'data-sent'];

  window.renew = (region, fresh) => {
    name(region);
    name(fresh);
    const current = region.querySelector('.current');
    Idiomorph.morph(region, fresh, {
      callbacks: { beforeNodeMorphed: morphs, beforeNodeRemoved: node => !holds(node), beforeAttributeUpdated: attribute => !own.includes(attribute) },
    });
    if (current?.isConnected) {
      current.classList.add('current');
    }
  };
})();
