package dev.plumbline.report;

/**
 * What is known when a run begins.
 *
 * @param target {@code simulated}, {@code k3s} or {@code kubeconfig}
 * @param description one line for people, no host name
 * @param reason why this target was taken
 */
public record RunStart(
        String target, boolean simulated, String description, String reason, int criteria, int scenarios) {}
