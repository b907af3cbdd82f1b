import '../ui/styles/page.css';
import './app';

/** Entry point: document styles and the shell element used by `index.html`. */
