import { effect } from '@preact/signals';
import { render } from 'preact';
import { forgetSteps } from './actions.ts';
import { App } from './app.tsx';
import { documents, loadDocuments, route } from './app-state.ts';
import { closeDocument, openDocument, refresh } from './document-state.ts';
import { language, setLanguage } from './i18n.ts';
import { listenToKeys } from './keys.ts';
import './style/base.css';
import './style/bar.css';
import './style/list.css';
import './style/document.css';
import './style/records.css';
import './style/forms.css';
import './style/tables.css';

/** Milliseconds between looks at what others decide. */
const REFRESH = 4000;

setLanguage(language.peek());
listenToKeys();
effect(() => {
  const folder = route.value;
  closeDocument();
  forgetSteps();
  if (folder !== null) void openDocument(folder);
  if (folder === null || documents.peek() === null) void loadDocuments();
});
setInterval(() => void refresh(), REFRESH);

const root = document.getElementById('app');
if (root) render(<App />, root);
