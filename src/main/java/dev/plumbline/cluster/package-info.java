/** Where we look: the port {@code Target}, the throwaway K3s, the cluster of a kubeconfig, the guarded client, access to services. */
@NullMarked
package dev.plumbline.cluster;

import org.jspecify.annotations.NullMarked;
