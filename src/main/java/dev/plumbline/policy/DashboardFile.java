package dev.plumbline.policy;

import java.util.List;
import java.util.Set;

/** A dashboard file, in so far as others ask of it. */
public record DashboardFile(String title, List<DashboardFile.Panel> panels) {

    /** @param metrics that its queries name */
    public record Panel(String title, Set<String> metrics) {}
}
