package dev.plumbline.simulation.controller;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One step of a rolling update.
 *
 * @param wantedNew how many replicas the new set should have now
 * @param wantedOld how many each old set should have now
 */
record Rollout(int wantedNew, Map<ReplicaSet, Integer> wantedOld) {

    static Rollout of(Deployment deployment, ReplicaSet current, List<ReplicaSet> old) {
        int desired = deployment.getSpec().getReplicas();
        int unavailable = maxUnavailable(deployment);
        int total = current.getSpec().getReplicas() + sum(old);
        int now = current.getSpec().getReplicas();
        int room = desired + surge(deployment) - total;
        int wanted = now > desired ? desired : now + Math.max(0, Math.min(room, desired - now));

        int least = desired - unavailable;
        int newUnavailable = now - available(current);
        int spare = total - least - newUnavailable;
        Map<ReplicaSet, Integer> sets = new LinkedHashMap<>();
        List<ReplicaSet> oldest =
                old.stream().sorted(Comparator.comparing(Pods::created)).toList();
        for (ReplicaSet set : oldest) {
            int unhealthy = set.getSpec().getReplicas() - available(set);
            int drop = Math.max(0, Math.min(spare, unhealthy));
            spare -= drop;
            sets.put(set, set.getSpec().getReplicas() - drop);
        }
        int surplus = Math.min(
                spare,
                available(current)
                        + oldest.stream().mapToInt(Rollout::available).sum()
                        - least);
        for (ReplicaSet set : oldest) {
            int drop = Math.max(0, Math.min(surplus, sets.getOrDefault(set, 0)));
            surplus -= drop;
            sets.merge(set, -drop, Integer::sum);
        }
        return new Rollout(wanted, sets);
    }

    private static int sum(List<ReplicaSet> sets) {
        return sets.stream().mapToInt(set -> set.getSpec().getReplicas()).sum();
    }

    private static int available(ReplicaSet set) {
        Integer available = set.getStatus() == null ? null : set.getStatus().getAvailableReplicas();
        return available == null ? 0 : available;
    }

    private static int surge(Deployment deployment) {
        var rolling = deployment.getSpec().getStrategy().getRollingUpdate();
        return rolling == null
                ? 0
                : share(rolling.getMaxSurge(), deployment.getSpec().getReplicas(), true);
    }

    /** At least one when nothing may be on top, or it could never begin. */
    static int maxUnavailable(Deployment deployment) {
        var rolling = deployment.getSpec().getStrategy().getRollingUpdate();
        int desired = deployment.getSpec().getReplicas();
        if (rolling == null) {
            return 0;
        }
        int unavailable = share(rolling.getMaxUnavailable(), desired, false);
        return unavailable == 0 && surge(deployment) == 0 ? 1 : Math.min(unavailable, desired);
    }

    static int share(IntOrString share, int of, boolean up) {
        if (share.getIntVal() != null) {
            return share.getIntVal();
        }
        double part = Integer.parseInt(share.getStrVal().replace("%", "")) * of / 100.0;
        return (int) (up ? Math.ceil(part) : Math.floor(part));
    }
}
