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
  vsCodeRadio,
  vsCodeRadioGroup,
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
  vsCodeRadio(),
  vsCodeRadioGroup(),
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
  /** What is wrong with the text, for eyes and screen readers; nothing when it is right. */
  complain(message: string | undefined): void;
}

/** A one-line field. `label` names it for screen readers; `prefix` is shown inside, before the text. */
export function textField(label: string, prefix?: HTMLElement): TextControl {
  const element = document.createElement('vscode-text-field') as TextField;
  element.setAttribute('aria-label', label);
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

export interface ChoiceControl extends Control {
  value: string;
}

export interface Choice {
  readonly value: string;
  readonly text: string;
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

export function radios(label: string, choices: readonly Choice[], choose: (value: string) => void): ChoiceControl {
  const element = document.createElement('vscode-radio-group') as HTMLElement & { value: string; disabled: boolean };
  element.setAttribute('aria-label', label);
  for (const { value, text } of choices) {
    const radio = document.createElement('vscode-radio');
    radio.setAttribute('value', value);
    radio.textContent = text;
    element.append(radio);
  }
  let shown = '';
  // The group sends `change` also when the program has set its value.
  element.addEventListener('change', () => {
    if (element.value === shown) return;
    shown = element.value;
    choose(shown);
  });
  return {
    element,
    get value() {
      return shown;
    },
    set value(value) {
      shown = value;
      if (element.value !== value) element.value = value;
    },
    enable(on) {
      element.disabled = !on;
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
