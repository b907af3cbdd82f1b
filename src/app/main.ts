import '../ui/styles/page.css';
import './app';

/** Starts the page: its document styles, and the shell that `index.html` names. */
