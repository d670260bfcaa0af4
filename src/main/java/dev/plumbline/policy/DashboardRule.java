package dev.plumbline.policy;

import java.util.List;
import java.util.function.BiFunction;

/** A rule on each dashboard by itself, or on all of them beside each other. */
record DashboardRule(String name, String demand, BiFunction<Rule, List<Dashboard>, List<Finding>> look)
        implements Rule {

    @Override
    public boolean concerns(Manifest manifest) {
        return false;
    }

    @Override
    public boolean concerns(TextFile text) {
        return Dashboard.in(text).isPresent();
    }

    @Override
    public List<Finding> check(List<Manifest> manifests) {
        return List.of(); // dashboards are texts
    }

    @Override
    public List<Finding> check(List<Manifest> manifests, List<TextFile> texts) {
        return look.apply(this, Dashboard.in(texts));
    }
}
