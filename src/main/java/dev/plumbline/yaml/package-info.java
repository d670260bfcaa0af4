/** YAML as Kubernetes reads it, with the lines that messages need; uses nothing of ours. */
@NullMarked
package dev.plumbline.yaml;

import org.jspecify.annotations.NullMarked;
