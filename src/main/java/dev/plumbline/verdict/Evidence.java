package dev.plumbline.verdict;

/**
 * Something kept with a verdict, stored as {@code evidence/<criterion>/<name>}.
 *
 * @param name a file name with an ending that says the format: {@code events.yaml}, {@code query.json}
 * @param mediaType for example {@code application/json}
 * @param text what was seen; secrets are masked before they come here
 */
public record Evidence(String name, String mediaType, String text) {}
