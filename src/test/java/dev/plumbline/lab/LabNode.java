package dev.plumbline.lab;

import dev.plumbline.cluster.RunOwner;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * Gives a test the one {@link Node} that all tests of a JVM share: a cluster that was there before the run, as a homelab is,
 * with an audit log. Where PLUMBLINE_K3S_IMAGE names no node image, the test says NOT RUN. PLUMBLINE_LAB_CONTAINER names a
 * node that already runs, for those who work on such a test.
 */
public final class LabNode implements ExecutionCondition, ParameterResolver {

    private static final String IMAGE = System.getenv("PLUMBLINE_K3S_IMAGE");
    private static final String CONTAINER = System.getenv("PLUMBLINE_LAB_CONTAINER");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (IMAGE != null || CONTAINER != null) {
            return ConditionEvaluationResult.enabled("there is a node");
        }
        if (context.getTestMethod().isEmpty()) {
            System.out.println(
                    "NOT RUN: " + context.getDisplayName() + " needs a node image, PLUMBLINE_K3S_IMAGE is not set");
        }
        return ConditionEvaluationResult.disabled("PLUMBLINE_K3S_IMAGE is not set");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Node.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return CONTAINER != null
                ? Node.of(CONTAINER)
                : context.getRoot()
                        .getStore(ExtensionContext.Namespace.create(LabNode.class))
                        .computeIfAbsent(
                                Started.class, key -> Started.from(Objects.requireNonNull(IMAGE)), Started.class)
                        .node();
    }

    /** Ends with the root store. Cgroups of its own let a throwaway run beside it. */
    private record Started(GenericContainer<?> container, Node node) implements AutoCloseable {

        static Started from(String image) {
            GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(image))
                    .withCommand(
                            "server",
                            "--disable=metrics-server",
                            "--tls-san=" + DockerClientFactory.instance().dockerHostIpAddress())
                    .withPrivilegedMode(true)
                    .withCreateContainerCmdModifier(command ->
                            Objects.requireNonNull(command.getHostConfig()).withCgroupnsMode("private"))
                    .withTmpFs(Map.of("/run", "rw", "/var/run", "rw"))
                    .withEnv("KUBEBOX_AUDIT", "true")
                    .withExposedPorts(Node.API_PORT)
                    .withLabels(RunOwner.thisProcess("lab-node").labels())
                    .waitingFor(Wait.forLogMessage(".*Node controller sync successful.*", 1)
                            .withStartupTimeout(Duration.ofMinutes(3)));
            container.start();
            return new Started(container, Node.of(container.getContainerId()));
        }

        @Override
        public void close() {
            container.stop();
        }
    }
}
