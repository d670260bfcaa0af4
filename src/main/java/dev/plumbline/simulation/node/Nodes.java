package dev.plumbline.simulation.node;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;

/** The node that is there from the start. */
public final class Nodes {

    /** Its name. */
    public static final String NAME = "simulated-node";

    static final String ADDRESS = "172.20.0.2";

    private Nodes() {}

    /** The node as its kubelet reports it. */
    public static Node first(String now) {
        Map<String, Quantity> room = Map.of(
                "cpu", new Quantity("16"),
                "memory", new Quantity("64Gi"),
                "ephemeral-storage", new Quantity("500Gi"),
                "pods", new Quantity("250"));
        return new NodeBuilder()
                .withNewMetadata()
                .withName(NAME)
                .addToLabels("kubernetes.io/hostname", NAME)
                .addToLabels("kubernetes.io/os", "linux")
                .addToLabels("kubernetes.io/arch", "amd64")
                .addToLabels("node-role.kubernetes.io/control-plane", "true")
                .endMetadata()
                .withNewSpec()
                .withPodCIDR("10.42.0.0/24")
                .withProviderID("simulated://" + NAME)
                .endSpec()
                .withNewStatus()
                .withCapacity(room)
                .withAllocatable(room)
                .addNewAddress(ADDRESS, "InternalIP")
                .addNewAddress(NAME, "Hostname")
                .withNewNodeInfo()
                .withKubeletVersion("v1.34.4-simulated")
                .withKubeProxyVersion("")
                .withArchitecture("amd64")
                .withOperatingSystem("linux")
                .withOsImage("simulated")
                .withKernelVersion("simulated")
                .withContainerRuntimeVersion("simulated://1")
                .withMachineID("simulated")
                .withSystemUUID("simulated")
                .withBootID("simulated")
                .endNodeInfo()
                .withConditions(conditions(now))
                .endStatus()
                .build();
    }

    private static List<io.fabric8.kubernetes.api.model.NodeCondition> conditions(String now) {
        return List.of(
                condition("MemoryPressure", "False", "KubeletHasSufficientMemory", now),
                condition("DiskPressure", "False", "KubeletHasNoDiskPressure", now),
                condition("PIDPressure", "False", "KubeletHasSufficientPID", now),
                condition("Ready", "True", "KubeletReady", now));
    }

    private static io.fabric8.kubernetes.api.model.NodeCondition condition(
            String type, String status, String reason, String now) {
        return new NodeConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(reason)
                .withLastHeartbeatTime(now)
                .withLastTransitionTime(now)
                .build();
    }
}
