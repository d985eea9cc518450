"use client";

import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components";
import { type ButtonVariant, buttonStyle } from "./button-style.ts";

interface ButtonProps extends Omit<AriaButtonProps, "className" | "style"> {
  readonly variant?: ButtonVariant;
  readonly large?: boolean;
  readonly className?: string;
}

/** A button: primary in text ink, never in blue; icon buttons need an `aria-label`. */
export function Button({ variant = "secondary", large = false, className, ...props }: ButtonProps) {
  return <AriaButton {...props} className={buttonStyle(variant, large, className)} />;
}
