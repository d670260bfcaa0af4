package dev.plumbline.simulation.system.velero;

import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.simulation.World;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes a Backup of each Schedule whose time has come. */
record Schedules(World world, String namespace) {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withZone(ZoneOffset.UTC);

    void look() {
        for (GenericKubernetesResource schedule : world.state().list(Velero.SCHEDULE, namespace)) {
            look(schedule);
        }
    }

    void look(GenericKubernetesResource schedule) {
        ObjectRef ref = Velero.ref(Velero.SCHEDULE, schedule);
        try {
            Cron cron = Cron.parse(String.valueOf(schedule.<Object>get("spec", "schedule")));
            if (!Velero.phase(schedule).equals("Enabled")) {
                Velero.status(world, ref, Map.of("phase", "Enabled"));
            }
            String last = schedule.get("status", "lastBackup");
            Instant since = Instant.parse(last == null ? schedule.getMetadata().getCreationTimestamp() : last);
            boolean due = !cron.after(since).isAfter(world.clock().instant());
            if (due && !Boolean.TRUE.equals(schedule.get("spec", "paused")) && !isStillRunning(ref.name())) {
                backUp(schedule);
                Velero.status(world, ref, Map.of("lastBackup", Velero.now(world).toString()));
            }
        } catch (IllegalArgumentException e) {
            Velero.status(
                    world,
                    ref,
                    Map.of("phase", "FailedValidation", "validationErrors", List.of(String.valueOf(e.getMessage()))));
        }
    }

    private boolean isStillRunning(String schedule) {
        return world.state().list(Velero.BACKUP, namespace).stream()
                .filter(backup -> backup.getMetadata().getLabels() != null)
                .filter(backup ->
                        schedule.equals(backup.getMetadata().getLabels().get(Velero.SCHEDULE_NAME)))
                .map(Velero::phase)
                .anyMatch(phase -> phase.isEmpty() || phase.equals("New") || phase.equals("InProgress"));
    }

    private void backUp(GenericKubernetesResource schedule) {
        String name = schedule.getMetadata().getName();
        Map<String, String> labels = new LinkedHashMap<>(
                Objects.requireNonNullElse(schedule.getMetadata().getLabels(), Map.<String, String>of()));
        Map<String, String> own = schedule.get("spec", "template", "metadata", "labels");
        if (own != null) {
            labels.putAll(own);
        }
        labels.put(Velero.SCHEDULE_NAME, name);
        Map<String, Object> template = schedule.get("spec", "template");
        Map<String, Object> spec = template == null ? Map.of() : template;
        GenericKubernetesResource backup = Velero.object(
                Velero.BACKUP,
                namespace,
                name + "-" + STAMP.format(world.clock().instant()),
                labels,
                spec);
        if (Boolean.TRUE.equals(schedule.get("spec", "useOwnerReferencesInBackup"))) {
            backup.getMetadata()
                    .setOwnerReferences(List.of(new OwnerReferenceBuilder()
                            .withApiVersion(schedule.getApiVersion())
                            .withKind(schedule.getKind())
                            .withName(name)
                            .withUid(schedule.getMetadata().getUid())
                            .withController(true)
                            .build()));
        }
        world.state().create(backup);
    }
}
