package dev.plumbline.steps;

import io.cucumber.java.ParameterType;
import java.time.Duration;

/** Words of a step that become types. */
public final class ParameterTypes {

    @ParameterType(value = "(\\d{1,9}) (second|seconds|minute|minutes|hour|hours)")
    public Duration duration(String amount, String unit) {
        long number = Long.parseLong(amount);
        return switch (unit) {
            case "second", "seconds" -> Duration.ofSeconds(number);
            case "minute", "minutes" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }

    /** A kind, with its group where it is ambiguous: {@code Deployment}, {@code Kustomization.kustomize.toolkit.fluxcd.io}. */
    @ParameterType("[A-Z][A-Za-z0-9]*(?:\\.[a-z0-9.-]+)?")
    public String kind(String word) {
        return word;
    }

    /** A workload as a sentence names it: {@code deployment}, {@code StatefulSet}. */
    @ParameterType("[Dd]eployment|[Ss]tateful ?[Ss]et|[Rr]eplica ?[Ss]et")
    public String scalable(String word) {
        return switch (word.toLowerCase(java.util.Locale.ROOT).replace(" ", "")) {
            case "deployment" -> "Deployment";
            case "statefulset" -> "StatefulSet";
            default -> "ReplicaSet";
        };
    }

    /** A service with its port: {@code web:8080}. */
    @ParameterType("\"([a-z0-9](?:[-a-z0-9]*[a-z0-9])?):(\\d{1,5})\"")
    public ServicePort service(String name, String port) {
        return new ServicePort(name, Integer.parseInt(port));
    }

    /** A port of a Service. */
    public record ServicePort(String name, int port) {
        @Override
        public String toString() {
            return name + ":" + port;
        }
    }
}
