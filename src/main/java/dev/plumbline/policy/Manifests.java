package dev.plumbline.policy;

import java.util.List;

/**
 * What a directory holds.
 *
 * @param manifests the objects, files in alphabetical order
 * @param findings what could not be read as an object
 * @param files how many YAML files were read
 */
public record Manifests(List<Manifest> manifests, List<Finding> findings, int files) {}
