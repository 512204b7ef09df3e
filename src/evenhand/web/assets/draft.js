// Keeps what is typed in a form a moment after the typing stops, and when the phone is put away. Without this the form
// works all the same.
const PAUSE = 2000;
let waiting = 0;
let isSending = false;
let kept = Promise.resolve();

// Settles once nothing is on its way: so that words kept late never come after the form itself.
export const draftKept = () => kept;

export function keepDraft() {
  const form = document.querySelector('form[data-keep-draft]');
  if (!form) return;
  const soon = () => {
    clearTimeout(waiting);
    kept = kept.then(() => (isSending ? null : keep(form)));
  };
  form.addEventListener('input', () => {
    isSending = false;
    clearTimeout(waiting);
    waiting = setTimeout(soon, PAUSE);
    form.dataset.changed = '';
  });
  form.addEventListener('submit', () => {
    isSending = true;
    clearTimeout(waiting);
  });
  document.addEventListener('visibilitychange', () => document.hidden && soon());
}

async function keep(form) {
  if (!('changed' in form.dataset)) return;
  delete form.dataset.changed;
  const words = new URLSearchParams(new FormData(form));
  words.set('act', 'keep');
  const post = { method: 'POST', body: words, headers: { Accept: 'application/json' }, redirect: 'manual' };
  try {
    const answer = await fetch(form.getAttribute('action') ?? location.href, { ...post, keepalive: true });
    const told = form.querySelector('[data-kept]');
    if (told && answer.status === 204) told.hidden = false;
  } catch {
    form.dataset.changed = ''; // not connected: the words are still on the page, and the next pause tries again
  }
}
