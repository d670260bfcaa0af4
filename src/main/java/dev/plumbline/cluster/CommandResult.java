package dev.plumbline.cluster;

/** What a command in a container did. */
public record CommandResult(int exitCode, String out, String err) {}
