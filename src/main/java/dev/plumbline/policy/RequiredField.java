package dev.plumbline.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every object of a kind has a value at a place. */
final class RequiredField implements Rule {
    private final String name;
    private final String demand;
    private final String group;
    private final String kind;
    private final List<String> path;
    private final Object wanted;

    RequiredField(String name, String demand, String group, String kind, List<String> path, Object wanted) {
        this.name = name;
        this.demand = demand;
        this.group = group;
        this.kind = kind;
        this.path = List.copyOf(path);
        this.wanted = wanted;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String demand() {
        return demand;
    }

    @Override
    public boolean concerns(Manifest manifest) {
        return manifest.kind().equals(kind) && manifest.group().equals(group);
    }

    @Override
    public List<Finding> check(List<Manifest> manifests) {
        List<Finding> findings = new ArrayList<>();
        for (Manifest manifest : manifests) {
            if (concerns(manifest)) {
                Object found = value(manifest);
                if (!wanted.equals(found)) {
                    String is = found == null ? "is not set" : "is " + found;
                    findings.add(manifest.finding(
                            this, path, String.join(".", path) + " " + is + ", expected " + wanted, Severity.ERROR));
                }
            }
        }
        return findings;
    }

    private @Nullable Object value(Manifest manifest) {
        Object here = manifest.object();
        for (String step : path) {
            here = Manifest.map(here).get(step);
        }
        return here;
    }
}
