// Names of several units in one field: the list of names is offered again behind each comma. Without this file names are typed.
(() => {
  'use strict';

  const field = document.querySelector('input[list=unit-names]');
  const options = [...document.querySelectorAll('#unit-names option')];
  const names = options.map(option => option.value);
  field?.addEventListener('input', () => {
    const cut = field.value.search(/[^、，；;,]*$/u);
    const before = field.value.slice(0, cut);
    options.forEach((option, index) => { option.value = before + names[index]; });
  });
})();
