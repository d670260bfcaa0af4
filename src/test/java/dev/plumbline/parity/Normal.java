package dev.plumbline.parity;

/** Takes out of an outcome what differs between two runs on the same cluster. */
record Normal(String namespace) {

    String apply(String line) {
        return line.replace(namespace, "NS")
                .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "UID")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", "TIME")
                .replaceAll("\\b10\\.\\d+\\.\\d+\\.\\d+\\b", "IP")
                .replaceAll("in record \\(\\d+\\)", "in record (VERSION)")
                .replace('\n', ' ')
                .replace('|', '¦');
    }
}
