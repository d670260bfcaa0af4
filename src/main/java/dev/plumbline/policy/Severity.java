package dev.plumbline.policy;

/** How much a finding weighs: an error is refused, a warning is shown. */
public enum Severity {
    ERROR,
    WARNING
}
