import { one, parse } from './dom.js';

/** The page of an object's signatures: a file goes up as it is and the answer takes its place. */

async function upload(form) {
  const file = one('input[type="file"]', form).files[0];
  const answer = await fetch(form.action, {
    method: 'POST',
    body: await file.arrayBuffer(),
    headers: {
      Accept: 'text/html',
      'Content-Type': 'application/pkcs7-signature',
      'X-CSRF-Token': one('input[name="csrf"]', form).value,
    },
  });
  const next = one('#signatures', parse(await answer.text()));
  if (!next) { location.reload(); return; }
  one('#signatures').replaceWith(document.adoptNode(next));
}

document.addEventListener('submit', event => {
  if (event.target.id === 'upload') {
    event.preventDefault();
    upload(event.target);
  }
});
