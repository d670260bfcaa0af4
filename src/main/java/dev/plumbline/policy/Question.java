package dev.plumbline.policy;

/**
 * An expression that somebody asks a Prometheus.
 *
 * @param object such as {@code dashboard "Overview"}
 * @param who asks: {@code panel "CPU"}, {@code alert "TargetDown"}
 * @param label that the series must have, as its values are asked for; empty for none
 */
record Question(String file, int line, String object, String who, String expression, String label) {}
