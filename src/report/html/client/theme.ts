import { label } from "./labels.js";

const THEMES = ["auto", "light", "dark"] as const;

function nameOf(theme: (typeof THEMES)[number]): string {
  switch (theme) {
    case "auto":
      return label`Colours: auto`;
    case "light":
      return label`Colours: light`;
    case "dark":
      return label`Colours: dark`;
  }
}

/** The button that goes from the system's colours to light ones to dark ones and round again. */
export function wireTheme(button: HTMLButtonElement): void {
  const { dataset } = document.documentElement;
  let current = Math.max(
    0,
    THEMES.findIndex((theme) => theme === dataset["theme"]),
  );
  const show = (): void => {
    const theme = THEMES[current] ?? "auto";
    button.textContent = nameOf(theme);
    if (theme === "auto") delete dataset["theme"];
    else dataset["theme"] = theme;
  };
  button.addEventListener("click", () => {
    current = (current + 1) % THEMES.length;
    show();
  });
  button.hidden = false;
  show();
}
