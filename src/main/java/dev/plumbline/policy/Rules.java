package dev.plumbline.policy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The rules that need no threshold, by name. */
public final class Rules {

    private Rules() {}

    public static List<Rule> all() {
        return Stream.concat(onObjects().stream(), DashboardRules.needed().stream())
                .toList();
    }

    private static List<Rule> onObjects() {
        return List.of(
                new SchemaRule(),
                new ClearSecretRule(),
                new RequiredField(
                        "pruning-is-on",
                        "What leaves Git leaves the cluster: every Flux Kustomization prunes.",
                        "kustomize.toolkit.fluxcd.io",
                        "Kustomization",
                        List.of("spec", "prune"),
                        true),
                new RequiredField(
                        "helm-drift-is-corrected",
                        "Flux corrects what somebody changed of a Helm release; by default it does not.",
                        "helm.toolkit.fluxcd.io",
                        "HelmRelease",
                        List.of("spec", "driftDetection", "mode"),
                        "enabled"),
                new MetricsExported());
    }

    /** Those that only criteria ask for are found too. @param name with dashes, or with spaces as a sentence has it */
    public static Optional<Rule> named(String name) {
        String dashed = name.toLowerCase(Locale.ROOT).replace(' ', '-');
        return Stream.concat(all().stream(), DashboardRules.wished().stream())
                .filter(rule -> rule.name().equals(dashed))
                .findFirst();
    }
}
