package dev.plumbline.simulation.controller;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** A short name for what a template says: the same for the same template. */
final class TemplateHash {

    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    private final KubernetesSerialization serialization;

    TemplateHash(KubernetesSerialization serialization) {
        this.serialization = serialization;
    }

    String of(Object template) {
        CRC32 sum = new CRC32();
        sum.update(serialization.asJson(template).getBytes(StandardCharsets.UTF_8));
        StringBuilder hash = new StringBuilder();
        for (long rest = sum.getValue() + (1L << 40); hash.length() < 9; rest /= LETTERS.length()) {
            hash.append(LETTERS.charAt((int) (rest % LETTERS.length())));
        }
        return hash.toString();
    }
}
