package dev.plumbline.policy;

/**
 * What a rule has to say about a manifest. Never holds a value of a Secret.
 *
 * @param line from 1
 * @param object such as {@code Deployment shop/web}, empty when the file holds no object there
 * @param rule the rule's name
 */
public record Finding(String file, int line, String object, String rule, String message, Severity severity) {

    @Override
    public String toString() {
        return file + ":" + line + ": " + (object.isEmpty() ? "" : object + ": ") + message;
    }
}
