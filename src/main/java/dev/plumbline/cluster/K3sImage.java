package dev.plumbline.cluster;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the throwaway is made of.
 *
 * @param name the node's image
 * @param archives a directory whose *.tar image archives the node loads before it starts, for machines without a registry
 */
public record K3sImage(String name, Optional<Path> archives) {

    public static final String DEFAULT_NAME = "rancher/k3s:v1.34.4-k3s1";

    public static final K3sImage DEFAULT = new K3sImage(DEFAULT_NAME, Optional.empty());
}
