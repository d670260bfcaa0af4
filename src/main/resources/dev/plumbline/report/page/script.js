(function () {
  'use strict';
  var entries = Array.prototype.slice.call(document.querySelectorAll('.entry'));
  var sections = Array.prototype.slice.call(document.querySelectorAll('.document'));
  var chips = Array.prototype.slice.call(document.querySelectorAll('.chip'));
  var q = document.getElementById('q'), doc = document.getElementById('document'), tier = document.getElementById('tier');
  var system = document.getElementById('system') || { value: '', addEventListener: function () {} };
  var shown = document.getElementById('shown'), none = document.getElementById('none'), fold = document.getElementById('fold');
  var index = entries.map(function (entry) {
    return { entry: entry, text: '', verdict: entry.dataset.verdict, tier: entry.dataset.tier, systems: entry.dataset.systems || '',
      document: entry.closest('.document').dataset.document };
  });

  // On a page of very many criteria, what a criterion holds becomes part of the page when it is opened.
  function later(entry) { return entry.querySelector('script'); }
  function lay(entry) {
    var held = later(entry), body;
    if (!held) { return; }
    body = document.createElement('div');
    body.className = 'body';
    body.innerHTML = held.textContent;
    held.replaceWith(body);
  }
  function words(entry) {
    if (!later(entry)) { return entry.textContent; }
    return entry.textContent.replace(/<[^>]*>/g, ' ').replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>').replace(/&amp;/g, '&');
  }

  // All that a criterion shows is searched, its evidence too; read when it is first needed.
  function has(row, word) {
    row.text = row.text || (row.document + ' ' + words(row.entry)).toLowerCase();
    return row.text.indexOf(word) >= 0;
  }

  function filter() {
    var words = q.value.toLowerCase().split(/\s+/).filter(Boolean);
    var verdicts = chips.filter(function (c) { return c.getAttribute('aria-pressed') === 'true'; })
      .map(function (c) { return c.dataset.verdict; });
    var count = 0;
    index.forEach(function (row) {
      var match = (!verdicts.length || verdicts.indexOf(row.verdict) >= 0) && (!doc.value || doc.value === row.document)
        && (!tier.value || tier.value === row.tier) && (!system.value || row.systems.indexOf('|' + system.value + '|') >= 0)
        && words.every(function (word) { return has(row, word); });
      row.entry.hidden = !match;
      if (match) { count++; }
    });
    sections.forEach(function (section) { section.hidden = !section.querySelector('.entry:not([hidden])'); });
    none.hidden = count > 0 || !index.length;
    shown.textContent = count === index.length ? index.length + ' criteria' : count + ' of ' + index.length + ' criteria';
  }

  function clear() {
    q.value = ''; doc.value = ''; tier.value = ''; system.value = '';
    chips.forEach(function (chip) { chip.setAttribute('aria-pressed', 'false'); });
    filter();
  }

  function visible() { return entries.filter(function (entry) { return !entry.hidden; }); }

  function openAll(open) {
    visible().forEach(function (entry) { if (open) { lay(entry); } entry.open = open; });
    fold.setAttribute('aria-pressed', String(open));
    fold.textContent = open ? 'Fold all' : 'Open all';
  }

  function toHash() {
    var entry = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!entry || !entry.classList.contains('entry')) { return; }
    if (entry.hidden) { clear(); }
    lay(entry);
    entry.open = true;
    // Sections above may be laid out for the first time by this, so look again once they are.
    entry.scrollIntoView();
    requestAnimationFrame(function () { entry.scrollIntoView(); });
  }

  function move(by) {
    var list = visible(), at = list.indexOf(document.activeElement.closest ? document.activeElement.closest('.entry') : null);
    var next = list[at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.max(0, Math.min(list.length - 1, at + by))];
    if (next) { next.querySelector('summary').focus(); next.scrollIntoView({ block: 'nearest' }); }
  }

  q.addEventListener('input', filter);
  doc.addEventListener('change', filter);
  tier.addEventListener('change', filter);
  system.addEventListener('change', filter);
  chips.forEach(function (chip) {
    chip.addEventListener('click', function () {
      chip.setAttribute('aria-pressed', String(chip.getAttribute('aria-pressed') !== 'true'));
      filter();
    });
  });
  fold.addEventListener('click', function () { openAll(fold.getAttribute('aria-pressed') !== 'true'); });
  document.getElementById('reset').addEventListener('click', clear);
  Array.prototype.forEach.call(document.querySelectorAll('[data-all]'), function (button) {
    button.addEventListener('click', function () { button.previousElementSibling.classList.add('all'); button.remove(); });
  });
  document.addEventListener('click', function (event) {
    var link = event.target.closest && event.target.closest('a[href^="#"]');
    if (link && link.getAttribute('href') === location.hash) { toHash(); }
  });
  document.addEventListener('keydown', function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) { return; }
    var typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName);
    if (event.key === 'Escape') { clear(); document.activeElement.blur(); return; }
    if (typing) { return; }
    if (event.key === '/') { event.preventDefault(); q.focus(); q.select(); }
    if (event.key === 'j') { move(1); }
    if (event.key === 'k') { move(-1); }
    if (event.key === 'x') { openAll(fold.getAttribute('aria-pressed') !== 'true'); }
  });
  document.addEventListener('toggle', function (event) {
    if (event.target.open && event.target.classList.contains('entry')) { lay(event.target); }
  }, true);
  window.addEventListener('hashchange', toHash);
  window.addEventListener('beforeprint', function () { if (visible().length <= 200) { openAll(true); } });
  filter();
  toHash();
}());
