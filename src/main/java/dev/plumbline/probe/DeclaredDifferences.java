package dev.plumbline.probe;

import dev.plumbline.cluster.Kinds;
import dev.plumbline.cluster.ObjectRef;
import dev.plumbline.cluster.Target;
import dev.plumbline.verdict.Observation;
import dev.plumbline.verdict.Probe;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Compares each declared field with the live one, by reading only. What Git does not declare may be anything. */
public final class DeclaredDifferences implements Probe<DeclaredDifferences.Result> {

    private final Target target;
    private final Supplier<List<GenericKubernetesResource>> declared;

    public DeclaredDifferences(Target target, Supplier<List<GenericKubernetesResource>> declared) {
        this.target = target;
        this.declared = declared;
    }

    /** @param fields how many declared fields were compared */
    public record Result(int objects, int fields, List<String> differences) {
        @Override
        public String toString() {
            return fields + " fields of " + objects + " objects compared, "
                    + (differences.isEmpty() ? "none different" : "different: " + String.join("; ", differences));
        }
    }

    @Override
    public String subject() {
        return "declared fields";
    }

    @Override
    public Observation<Result> look() {
        Comparison comparison = new Comparison();
        int objects = 0;
        try {
            for (GenericKubernetesResource object : declared.get()) {
                objects++;
                compare(object, comparison);
            }
        } catch (NotSeen e) {
            return e.as(subject());
        }
        return comparison.fields == 0
                ? new Observation.Unreachable<>("nothing selected: Git declares nothing", subject(), target.now())
                : new Observation.Seen<>(
                        new Result(objects, comparison.fields, comparison.differences), subject(), target.now());
    }

    private void compare(GenericKubernetesResource object, Comparison comparison) throws NotSeen {
        try {
            var kind = target.kinds().of(object.getApiVersion(), object.getKind());
            String namespace = kind.namespaced() ? object.getMetadata().getNamespace() : null;
            var ref = new ObjectRef(kind, namespace, object.getMetadata().getName());
            var seen = target.feeds().get(ref);
            if (seen instanceof Observation.Absent) {
                comparison.differences.add(FluxSurveys.title(object) + " is not there");
                return;
            }
            comparison.at = FluxSurveys.title(object) + " ";
            comparison.compare("", ObjectField.tree(object), ObjectField.tree(NotSeen.unlessSeen(seen)));
        } catch (Kinds.UnknownKind e) {
            comparison.differences.add(e.getMessage());
        }
    }

    private static final class Comparison {

        private final List<String> differences = new ArrayList<>();
        private String at = "";
        private int fields;

        void compare(String path, @Nullable Object wanted, @Nullable Object live) {
            if (wanted instanceof Map<?, ?> map) {
                map.forEach((key, value) ->
                        compare(path + "." + key, value, live instanceof Map<?, ?> other ? other.get(key) : null));
            } else if (wanted instanceof List<?> list) {
                for (int i = 0; i < list.size(); i++) {
                    compare(path + "[" + i + "]", list.get(i), partner(list.get(i), i, live));
                }
            } else if (wanted != null) {
                fields++;
                if (!same(wanted, live)) {
                    differences.add(at + path + " is " + brief(live) + ", declared " + brief(wanted));
                }
            }
        }

        /** The element of the same name, where elements have names; else the one at the same place. */
        private static @Nullable Object partner(@Nullable Object wanted, int index, @Nullable Object live) {
            if (!(live instanceof List<?> list)) {
                return null;
            }
            for (String key : List.of("mountPath", "name", "containerPort", "port")) {
                if (wanted instanceof Map<?, ?> map && map.get(key) != null) {
                    return list.stream()
                            .filter(it -> it instanceof Map<?, ?> other && Objects.equals(map.get(key), other.get(key)))
                            .findFirst()
                            .orElse(null);
                }
            }
            return index < list.size() ? list.get(index) : null;
        }

        /** A server may write a quantity in another way, and leaves out what says nothing. */
        private static boolean same(Object wanted, @Nullable Object live) {
            String text = wanted.toString();
            if (live == null) {
                return text.isEmpty() || text.equals("false") || text.equals("0");
            }
            return text.equals(live.toString()) || sameQuantity(text, live.toString());
        }

        private static boolean sameQuantity(String wanted, String live) {
            String number = "[0-9.]+([a-zA-Z]{0,2})";
            return wanted.matches(number) && live.matches(number) && Objects.equals(amount(wanted), amount(live));
        }

        private static @Nullable Object amount(String text) {
            try {
                return Quantity.getAmountInBytes(Quantity.parse(text)).stripTrailingZeros();
            } catch (IllegalArgumentException e) {
                return text;
            }
        }

        private static String brief(@Nullable Object value) {
            String text = String.valueOf(value);
            return text.length() > 60 ? text.substring(0, 60) + "..." : text;
        }
    }
}
