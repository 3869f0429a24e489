/** A photo or a file chosen but not sent yet: shown above the text field, with a way to think better of it. */

import { el } from './dom.js';
import { icon, iconButton } from './icons.js';

const PICTURES = 'image/png,image/jpeg,image/gif,image/webp';

/** The place of the attachment. `changed()` is called when one is chosen or dropped. */
export function attachmentTray(changed) {
  const node = el('div', { class: 'tray', hidden: true });
  let held = null;

  const picker = (kind, accept) => el('input', {
    type: 'file', class: 'picker', accept, tabindex: '-1', 'aria-hidden': 'true', 'data-kind': kind,
    onchange: (event) => {
      const [file] = event.target.files;
      if (file) hold(kind, file);
      event.target.value = '';
    },
  });
  const pickers = { photo: picker('photo', PICTURES), document: picker('document', null) };

  function hold(kind, file) {
    drop();
    const preview = kind === 'photo' ? URL.createObjectURL(file) : null;
    held = { kind, file, preview };
    node.replaceChildren(
      preview ? el('img', { src: preview, alt: '' }) : icon('file'), el('span', {}, file.name),
      iconButton('write.drop', 'close', { onclick: drop }));
    node.hidden = false;
    changed();
  }

  function drop() {
    if (held?.preview) URL.revokeObjectURL(held.preview);
    held = null;
    node.hidden = true;
    changed();
  }

  return { node, inputs: Object.values(pickers), pick: (kind) => pickers[kind].click(), hold, drop, held: () => held };
}
