/** Starts the page: its document styles, and the shell that `index.html` names. */
import './ui/styles/page.css';
import './ui/app';
