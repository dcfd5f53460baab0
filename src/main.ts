import { mount } from 'svelte';
import './ui/theme/base.css';
import { preferredLanguage, speak } from './ui/i18n/i18n.svelte.ts';
import App from './ui/shell/App.svelte';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no element with the id "app"');
// in the right language from the first picture on
await speak(preferredLanguage());
mount(App, { target });
