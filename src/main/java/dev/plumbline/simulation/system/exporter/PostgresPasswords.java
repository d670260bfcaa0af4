package dev.plumbline.simulation.system.exporter;

import dev.plumbline.simulation.World;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Whether the server behind an address would take a password: that with which its pod was started. */
final class PostgresPasswords {

    private final World world;

    PostgresPasswords(World world) {
        this.world = world;
    }

    /** True also where the pod does not say which password it has. */
    boolean accept(String namespace, Address address) {
        String[] name = address.host().split("\\.", -1);
        String where = name.length > 1 ? name[1] : namespace;
        return world.state().get(Endpoints.class, where, name[0]).stream()
                .flatMap(endpoints -> endpoints.getSubsets().stream())
                .flatMap(subset -> subset.getAddresses().stream())
                .filter(each -> each.getTargetRef() != null)
                .flatMap(each ->
                        world.state().get(Pod.class, where, each.getTargetRef().getName()).stream())
                .flatMap(pod -> pod.getSpec().getContainers().stream())
                .flatMap(container -> container.getEnv().stream())
                .filter(variable -> variable.getName().equals("POSTGRES_PASSWORD"))
                .findFirst()
                .flatMap(variable -> value(where, variable))
                .map(address.password()::equals)
                .orElse(true);
    }

    private Optional<String> value(String namespace, EnvVar variable) {
        if (variable.getValue() != null) {
            return Optional.of(variable.getValue());
        }
        SecretKeySelector key =
                variable.getValueFrom() == null ? null : variable.getValueFrom().getSecretKeyRef();
        return key == null
                ? Optional.empty()
                : world.state()
                        .get(Secret.class, namespace, key.getName())
                        .map(secret -> secret.getData().get(key.getKey()))
                        .map(data -> new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8));
    }
}
