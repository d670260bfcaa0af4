package dev.plumbline.simulation.system.flux;

import dev.plumbline.simulation.system.GoDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The last five outcomes of a Kustomization; the same manifests with the same outcome are one entry. */
final class History {

    private static final int KEPT = 5;

    private History() {}

    static List<Map<String, Object>> with(
            @Nullable Object present, String digest, String status, String revision, String now, Duration took) {
        List<Map<String, Object>> entries = new ArrayList<>();
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("digest", digest);
        entry.put("firstReconciled", now);
        entry.put("totalReconciliations", 0L);
        if (present instanceof List<?> list) {
            for (Object item : list) {
                Map<?, ?> old = (Map<?, ?>) item;
                boolean same = digest.equals(old.get("digest")) && status.equals(old.get("lastReconciledStatus"));
                Map<String, Object> target = same ? entry : new LinkedHashMap<>();
                old.forEach((key, value) -> target.put(String.valueOf(key), value));
                if (!same) {
                    entries.add(target);
                }
            }
        }
        entry.put("lastReconciled", now);
        entry.put("lastReconciledDuration", GoDuration.format(took));
        entry.put("lastReconciledStatus", status);
        entry.put("metadata", Map.of("revision", revision));
        entry.merge("totalReconciliations", 1L, (old, one) -> ((Number) old).longValue() + ((Number) one).longValue());
        entries.add(0, entry);
        return entries.subList(0, Math.min(KEPT, entries.size()));
    }
}
