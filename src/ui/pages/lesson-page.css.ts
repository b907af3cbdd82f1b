import { css } from 'lit';

export const lessonPageStyles = css`
  .opening {
    display: grid;
    gap: var(--space-4);
    max-width: var(--measure);
    margin-bottom: var(--space-6);
    font-size: 1.0625rem;
    line-height: 1.6;
  }

  h1 {
    margin: 0;
    font-size: var(--text-headline);
    font-weight: 300;
    line-height: 1.05;
    letter-spacing: -0.025em;
  }

  .opening p {
    color: var(--ink-soft);
    text-wrap: pretty;
  }

  .essay {
    display: grid;
    grid-template-columns: 13rem minmax(0, 1fr);
    gap: var(--space-6);
    align-items: start;
  }

  .rail {
    position: sticky;
    top: var(--space-4);
    display: grid;
    gap: var(--space-4);
    max-height: calc(100vh - 2 * var(--space-4));
    overflow-y: auto;
    font-size: var(--text-small);
  }

  .rail p {
    margin-top: var(--space-3);
    font-weight: 600;
  }

  .rail ol {
    margin: var(--space-1) 0 0;
    padding: 0;
    list-style: none;
  }

  .rail li a {
    display: block;
    padding: 0.15rem 0 0.15rem var(--space-3);
    border-left: 2px solid var(--line);
    color: var(--ink-soft);
    text-decoration: none;
  }

  .rail li a:hover {
    color: var(--ink);
  }

  .rail li a[aria-current] {
    border-left-color: var(--accent);
    color: var(--ink);
    font-weight: 550;
  }

  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: var(--space-1) var(--space-2);
    align-items: center;
    padding-top: var(--space-3);
    border-top: 1px solid var(--line);
  }

  .tools button {
    min-height: 1.75rem;
    padding: 0 var(--space-2);
  }

  .tools button.place {
    display: none;
  }

  .chapters {
    min-width: 0;
    max-width: 60rem;
  }

  h2 {
    margin: var(--space-7) 0 var(--space-5);
    padding-bottom: var(--space-3);
    border-bottom: 2px solid var(--ink);
    font-size: clamp(1.75rem, 1.3rem + 1.8vw, 2.5rem);
    font-weight: 300;
    letter-spacing: -0.02em;
  }

  h2:first-child {
    margin-top: 0;
  }

  h2 .count {
    display: block;
    color: var(--ink-soft);
    font-size: var(--text-small);
    font-weight: 400;
    letter-spacing: 0;
  }

  section {
    padding-bottom: var(--space-7);
  }

  section > h3 {
    margin-bottom: var(--space-4);
    font-size: var(--text-title);
    font-weight: 400;
    line-height: 1.25;
    scroll-margin-top: var(--space-5);
    letter-spacing: -0.01em;
  }

  section > h3:focus {
    outline: none;
  }

  /* On small screens the rail is a bar at the bottom: its tools, and where one is. */
  @media (max-width: 60rem) {
    .essay {
      grid-template-columns: minmax(0, 1fr);
    }

    /* Its two parts stand for themselves: the list before the chapters, the tools below them. */
    .rail {
      display: contents;
    }

    .rail nav {
      font-size: var(--text-small);
    }

    .rail nav {
      columns: 2 12rem;
    }

    .rail nav p:first-child {
      margin-top: 0;
    }

    .rail ol {
      break-before: avoid;
    }

    .rail li {
      break-inside: avoid;
    }

    .tools {
      position: sticky;
      z-index: 2;
      bottom: 0;
      flex-wrap: nowrap;
      order: 1;
      padding: var(--space-2) 0;
      overflow-x: auto;
      background: var(--paper);
      font-size: var(--text-small);
    }

    .tools > * {
      flex: none;
    }

    .tools button.place {
      display: inline-block;
      background: none;
      color: var(--accent);
    }
  }
`;
