import {
  type Button,
  type Dropdown,
  type TextField,
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeProgressRing,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';

// The only file that knows the toolkit, whose makers have archived it. Whatever takes its place must offer the
// interfaces below, and nothing else.

provideVSCodeDesignSystem().register(
  vsCodeButton(),
  vsCodeCheckbox(),
  vsCodeDropdown(),
  vsCodeOption(),
  vsCodeProgressRing(),
  vsCodeTextField(),
);

export interface Control {
  readonly element: HTMLElement;
  enable(on: boolean): void;
}

export interface ButtonControl extends Control {
  label(text: string, title?: string): void;
}

export function button(
  text: string,
  press: () => void,
  look: 'primary' | 'secondary' | 'icon' = 'secondary',
): ButtonControl {
  const element = document.createElement('vscode-button') as Button;
  element.appearance = look;
  element.textContent = text;
  element.addEventListener('click', () => {
    if (!element.disabled) press();
  });
  return {
    element,
    enable(on) {
      element.disabled = !on;
    },
    label(shown, title) {
      if (element.textContent !== shown) element.textContent = shown;
      if (title === undefined || element.title === title) return;
      element.title = title;
      // An icon needs an aria-label; a button with words is named by them.
      if (look === 'icon') element.setAttribute('aria-label', title);
    },
  };
}

export interface TextControl extends Control {
  text: string;
  /** Where typing goes on; nothing while more than a place in the text is selected. */
  readonly caret: number | undefined;
  /** What is wrong with the text, for eyes and screen readers; nothing when it is right. */
  complain(message: string | undefined): void;
}

/** A one-line field. `label` names it for screen readers; `prefix` is shown inside, before the text. */
export function textField(label: string, prefix?: HTMLElement): TextControl {
  const element = document.createElement('vscode-text-field') as TextField;
  // The toolkit names a field that enters the page by the words in it, and without any by what it is, in English.
  const name = (): void => {
    if (element.getAttribute('aria-label') !== label) element.setAttribute('aria-label', label);
  };
  new MutationObserver(name).observe(element, { attributeFilter: ['aria-label'] });
  name();
  if (prefix) {
    prefix.slot = 'start';
    element.append(prefix);
  }
  return {
    element,
    get text() {
      return element.value;
    },
    set text(text) {
      if (element.value !== text) element.value = text;
    },
    get caret() {
      const input = element.shadowRoot?.querySelector('input');
      const [start, end] = [input?.selectionStart, input?.selectionEnd];
      return start === end ? (start ?? undefined) : undefined;
    },
    enable(on) {
      element.disabled = !on;
    },
    complain(message) {
      element.classList.toggle('wrong', message !== undefined);
      // The input is in the component's shadow tree, from which aria-describedby cannot refer to an element outside.
      const input = element.shadowRoot?.querySelector('input');
      if (message === undefined) {
        input?.removeAttribute('aria-invalid');
        input?.removeAttribute('aria-description');
      } else {
        input?.setAttribute('aria-invalid', 'true');
        input?.setAttribute('aria-description', message);
      }
    },
  };
}

/** A tool without borders: one of VS Code's icons, named by its title; or before it a few words. */
export function tool(icon: string | undefined, title: string, press: () => void, words = ''): ButtonControl {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = words === '' ? 'tool' : 'tool text';
  element.append(words);
  if (icon !== undefined) {
    const picture = document.createElement('span');
    picture.className = `icon icon-${icon}`;
    element.append(picture);
  }
  element.addEventListener('click', press);
  const control: ButtonControl = {
    element,
    enable(on) {
      element.disabled = !on;
    },
    label(_, shown) {
      if (shown === undefined || element.title === shown) return;
      element.title = shown;
      element.setAttribute('aria-label', shown);
    },
  };
  control.label('', title);
  return control;
}

export interface ChoiceControl extends Control {
  value: string;
}

export interface Choice {
  readonly value: string;
  readonly text: string;
  /** The whole name, where the text is short. */
  readonly title?: string;
}

export function dropdown(label: string, choices: readonly Choice[], choose: (value: string) => void): ChoiceControl {
  const element = document.createElement('vscode-dropdown') as Dropdown;
  element.setAttribute('aria-label', label);
  for (const { value, text } of choices) {
    const option = document.createElement('vscode-option');
    option.setAttribute('value', value);
    option.textContent = text;
    element.append(option);
  }
  element.addEventListener('change', () => {
    choose(element.value);
  });
  return choiceOf(element);
}

/**
 * A switch between few things, of which one is on, as a row of buttons. One stop for Tab; arrows choose, as among radio
 * buttons. The toolkit's own radio buttons stand apart, and take twice the height.
 */
export function segments(label: string, choices: readonly Choice[], choose: (value: string) => void): ChoiceControl {
  const element = document.createElement('div');
  element.className = 'segments';
  element.setAttribute('role', 'radiogroup');
  element.setAttribute('aria-label', label);
  let shown = '';
  let enabled = true;
  const buttons = choices.map(({ value, text, title }) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.setAttribute('role', 'radio');
    button.textContent = text;
    if (title !== undefined) {
      button.title = title;
      button.setAttribute('aria-label', title);
    }
    button.addEventListener('click', () => {
      if (enabled && value !== shown) choose(value);
    });
    element.append(button);
    return { value, button };
  });
  const show = (): void => {
    const isKnown = buttons.some(({ value }) => value === shown);
    buttons.forEach(({ value, button }, at) => {
      button.setAttribute('aria-checked', String(value === shown));
      button.tabIndex = value === shown || (!isKnown && at === 0) ? 0 : -1;
    });
  };
  element.addEventListener('keydown', (event) => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (by === undefined || !enabled) return;
    event.preventDefault();
    const at = buttons.findIndex(({ value }) => value === shown);
    const next = buttons[(at + by + buttons.length) % buttons.length];
    next.button.focus();
    choose(next.value);
  });
  show();
  return {
    element,
    get value() {
      return shown;
    },
    set value(value) {
      if (value === shown) return;
      shown = value;
      show();
    },
    enable(on) {
      enabled = on;
      for (const { button } of buttons) button.disabled = !on;
    },
  };
}

function choiceOf(element: HTMLElement & { value: string; disabled: boolean }): ChoiceControl {
  return {
    element,
    get value() {
      return element.value;
    },
    set value(value) {
      if (element.value !== value) element.value = value;
    },
    enable(on) {
      element.disabled = !on;
    },
  };
}

export interface CheckControl extends Control {
  checked: boolean;
}

export function checkbox(text: string, change: (on: boolean) => void): CheckControl {
  const element = document.createElement('vscode-checkbox') as HTMLElement & { checked: boolean; disabled: boolean };
  element.textContent = text;
  let shown = false;
  element.addEventListener('change', () => {
    if (element.checked === shown) return;
    shown = element.checked;
    change(shown);
  });
  return {
    element,
    get checked() {
      return shown;
    },
    set checked(on) {
      shown = on;
      if (element.checked !== on) element.checked = on;
    },
    enable(on) {
      element.disabled = !on;
    },
  };
}

export function progressRing(label: string): HTMLElement {
  const element = document.createElement('vscode-progress-ring');
  element.setAttribute('aria-label', label);
  return element;
}
